import { existsSync, readdirSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import type { Command } from 'commander';
import { checkFile } from '../compiler/compile.js';
import { printFolded } from '../compiler/emit/text/folded.js';
import { modelNames } from '../compiler/names/variants.js';
import { DiagnosedError, InputError } from '../runtime/errors/errors.js';
import { writeAtomically } from '../runtime/files/disk.js';
import { missing } from '../runtime/files/missing.js';
import { diskReader } from '../runtime/files/source-reader.js';
import { readText } from '../runtime/files/text.js';
import { compileFile } from '../runtime/networks/compile-file.js';
import { printJson, status } from './failure.js';
import { printResult } from './output.js';

interface GoldenOptions {
  readonly check?: boolean;
  readonly json?: boolean;
}

export function registerGolden(program: Command): void {
  program
    .command('golden')
    .description(
      'Writes the graph of each model, blocks folded, to a golden file, so that a review shows what changed.',
    )
    .argument('[files...]', '.net files; all of models/ and examples/ unless given')
    .option('--check', 'write nothing; fail where a golden file is not what its model gives')
    .option('--json', 'print one JSON object')
    .action(run);
}

async function run(given: readonly string[], { check, json }: GoldenOptions): Promise<void> {
  const files = given.length > 0 ? given : shippedFiles();
  const changed: string[] = [];
  for (const file of files) {
    const golden = join(dirname(file), 'golden', `${basename(file, '.net')}.txt`);
    const text = goldenOf(file);
    if (readText(golden, Number.POSITIVE_INFINITY) === text) continue;
    changed.push(golden);
    if (!check) await writeAtomically(golden, text);
  }
  if (check && changed.length > 0) process.exitCode = status.input;
  if (json) printJson({ files: files.length, changed });
  else {
    const verb = check
      ? 'is not what its model gives: run netc golden and read the diff'
      : 'written';
    for (const golden of changed) printResult(`${golden} ${verb}\n`);
    if (changed.length === 0) printResult(`${files.length} goldens are up to date\n`);
  }
}

function shippedFiles(): string[] {
  const files = ['models', 'models/encoders', 'examples'].flatMap(netFiles);
  if (files.length > 0) return files;
  throw new InputError('there is no folder models with .net files here: name .net files');
}

function netFiles(folder: string): string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.endsWith('.net'))
    .sort()
    .map((name) => join(folder, name));
}

/** All models of the file, one after the other. */
function goldenOf(file: string): string {
  const { main, diagnostics } = checkFile(file, diskReader());
  if (!main) throw missing(file, 'name a .net file', 'network');
  if (diagnostics.some(({ severity }) => severity === 'error')) {
    throw new DiagnosedError(diagnostics);
  }
  const texts = modelNames(main.file).map((model) => {
    const { graph, tree } = compileFile(file, model, {});
    return printFolded(graph, tree);
  });
  return texts.join('\n');
}
