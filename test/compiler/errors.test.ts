import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, test } from 'vitest';
import { checkFile, compileModel } from '../../src/compiler/compile.js';
import { type Diagnostic, Diagnostics } from '../../src/compiler/diagnostics/diagnostic.js';
import { renderDiagnostics } from '../../src/compiler/diagnostics/render.js';
import { fitImages } from '../../src/compiler/solve/fit.js';
import type { SourceReader } from '../../src/compiler/source/source.js';

// Each file under test/errors is a text with errors, and the expected output after it. After a change,
// `UPDATE_EXPECTED=1 npx vitest run test/compiler/errors.test.ts` writes the expected output: read the diff.

const folder = 'test/errors';
const marker = '// --- expected ---\n';

const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.net') && !name.includes('imported'))
  .sort();

const textOf = (name: string): string => readFileSync(join(folder, name), 'utf8').split(marker)[0]!;

const reader: SourceReader = {
  read: (name) => (existsSync(join(folder, name)) ? { path: name, text: textOf(name) } : undefined),
  resolve: (from, specifier) => join(dirname(from), specifier),
};

/** As `netc check` sees it: a file without a model is a library; a first line may ask about a `--size` too. */
function check(name: string): readonly Diagnostic[] {
  const text = textOf(name);
  if (!/^model /m.test(text)) return checkFile(name, reader).diagnostics;
  const { graph, expanded, diagnostics } = compileModel(name, reader);
  const size = /^\/\/ netc check --size (\d+)x(\d+)\n/.exec(text);
  if (!graph || !expanded || !size) return diagnostics;
  const found = new Diagnostics();
  found.add(...diagnostics);
  const [height, width] = size.slice(1).map(Number);
  fitImages(graph, { height: height!, width: width! }, expanded.inputSpans, found);
  return found.all();
}

test.each(files)('%s', (name) => {
  const path = join(folder, name);
  const [text, expected] = readFileSync(path, 'utf8').split(marker);
  const rendered = renderDiagnostics(check(name), { colour: false, width: 100 });
  const actual = `${rendered}\n`.replace(/^(?=.)/gm, '// ').replace(/^$(?=\n)/gm, '//');
  if (process.env.UPDATE_EXPECTED) writeFileSync(path, text! + marker + actual);
  else expect(actual).toBe(expected);
});
