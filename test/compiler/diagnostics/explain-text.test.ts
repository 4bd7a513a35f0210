import { describe, expect, test } from 'vitest';
import { checkFile, compileModel } from '../../../src/compiler/compile.js';
import type { Explanation } from '../../../src/compiler/diagnostics/explain/explanation.js';
import { nameExplanations } from '../../../src/compiler/diagnostics/explain/names.js';
import { textExplanations } from '../../../src/compiler/diagnostics/explain/text.js';
import { readerOf } from '../expand/texts.js';

/** The codes a text earns, its other files beside it: a `.net` file, or an experiment that sets one parameter. */
function codesOf(text: string, { files }: Explanation): string[] {
  const reader = readerOf({ ...files, 'my.net': text });
  const [, parameter, value] = /^parameters:\n {2}(\w+): (.*)/m.exec(text) ?? [];
  const { diagnostics } = parameter
    ? compileModel('net.net', reader, { overrides: { [parameter]: value! } })
    : checkFile('my.net', reader);
  return diagnostics.map(({ code }) => code);
}

const pages: [string, Explanation][] = Object.entries({ ...textExplanations, ...nameExplanations });

describe('the pages on text and names', () => {
  test.each(pages)('%s: its wrong text earns it, its right text nothing', (code, page) => {
    // One that counts others stands behind a hundred of them.
    const codes = codesOf(page.wrong, page);
    expect(code === 'NET0017' ? codes.slice(100) : codes).toEqual([code]);
    expect(codesOf(page.right, page)).toEqual([]);
  });
});
