import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { type Diagnostic, Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/compiler/diagnostics/render.js';
import type { SourceFile } from '../../src/compiler/source/source.js';
import { parseFile } from '../../src/compiler/syntax/parse.js';

// Each file under test/errors is a mistake with the words it earns at its foot. After a change,
// `UPDATE_EXPECTED=1 npx vitest run test/compiler/errors.test.ts` writes the feet anew: read them.

const folder = 'test/errors';
const foot = '// --- expected ---\n';

function check(source: SourceFile): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  parseFile(source, diagnostics);
  return diagnostics.all();
}

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.net'))
  .sort();

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const [text, expected] = readFileSync(path, 'utf8').split(foot);
  const rendered = renderDiagnostics(check({ path: name, text: text! }), {
    colour: false,
    width: 100,
  });
  const actual = `${rendered}\n`.replace(/^(?=.)/gm, '// ').replace(/^$(?=\n)/gm, '//');
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, text! + foot + actual);
  else expect(actual).toBe(expected);
});
