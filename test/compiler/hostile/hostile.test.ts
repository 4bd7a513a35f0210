import { describe, expect, test } from 'vitest';
import { compileAll } from '../../../src/compiler/compile-all.js';
import { mostShown } from '../../../src/compiler/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { readerOfTexts } from '../../../src/compiler/source/texts.js';
import { hostileTexts } from './texts.js';

// Each of these took minutes, or for ever, or the stack, before the compiler held its work within bounds: what the tests check first
// is that they end. `npm run fuzz:hostile` takes larger ones and measures time and memory.
describe.each(hostileTexts)('$name', ({ files, sizes, says }) => {
  test('is told for what it is, in a hundred diagnostics at most and a page each', () => {
    const found = compileAll('main.net', readerOfTexts(files(sizes.fast))).diagnostics;
    const errors = found.filter(({ severity }) => severity === 'error');
    const first = says?.startsWith('NET09') ? found[0] : errors[0];
    expect(first?.code ?? null, first?.message).toBe(says);
    expect(found.length).toBeLessThanOrEqual(mostShown + 2);
    const text = renderDiagnostics(found, { colour: false, width: 100 });
    expect(text.length).toBeLessThan(5_000 * (found.length + 1));
  });
});
