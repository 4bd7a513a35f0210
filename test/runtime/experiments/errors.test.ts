import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { renderDiagnostics } from '../../../src/compiler/diagnostics/render.js';
import { experimentDiagnostics } from '../../../src/runtime/preparation/check-text.js';

// As test/compiler/errors.test.ts, for experiments: `UPDATE_EXPECTED=1 npx vitest run
// test/runtime/experiments/errors.test.ts` writes the expected output: read the diff.

const folder = 'test/errors/experiments';
const marker = '# --- expected ---\n';

const files = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .sort();

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const [text, expected] = readFileSync(path, 'utf8').split(marker);
  const errors = experimentDiagnostics({ path, text: text! }, {});
  const rendered = renderDiagnostics(errors, { colour: false, width: 100 });
  const short = rendered.replaceAll(`${dirname(folder)}/`, '');
  const actual = `${short}\n`.replace(/^(?=.)/gm, '# ').replace(/^$(?=\n)/gm, '#');
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, text! + marker + actual);
  else expect(actual).toBe(expected);
});
