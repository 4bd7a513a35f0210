import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { experimentMistakes } from '../../../src/runtime/preparation/check-text.js';

// As test/compiler/errors.test.ts, for experiments: `UPDATE_EXPECTED=1 npx vitest run
// test/runtime/experiments/errors.test.ts` writes the feet anew: read them.

const folder = 'test/errors/experiments';
const foot = '# --- expected ---\n';

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const [text, expected] = readFileSync(path, 'utf8').split(foot);
  const mistakes = experimentMistakes({ path, text: text! }, {});
  const rendered = renderDiagnostics(mistakes, { colour: false, width: 100 });
  const short = rendered.replaceAll(`${dirname(folder)}/`, '');
  const actual = `${short}\n`.replace(/^(?=.)/gm, '# ').replace(/^$(?=\n)/gm, '#');
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, text! + foot + actual);
  else expect(actual).toBe(expected);
});
