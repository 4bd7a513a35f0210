import type { Command } from 'commander';
import { checkFile, compileModel } from '../compiler/compile.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import type { ImageSize } from '../compiler/graph/cost.js';
import { InputError } from '../runtime/errors.js';
import { diskReader } from '../runtime/source-reader.js';
import { type ModelSizes, sizeLines, sizesOf, sizesToJson } from './check-sizes.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { type ModelOptions, modelCommand, modelNames, parseOverrides } from './model-command.js';
import { parseSize } from './size.js';

interface CheckOptions extends ModelOptions {
  readonly size?: ImageSize;
}

export function registerCheck(program: Command): void {
  modelCommand(program, 'check', 'Finds the mistakes in a .net file and what it imports.')
    .option('--size <HxW>', 'also ask whether images of this height and width fit', parseSize)
    .action((file: string, options: CheckOptions) => {
      const { found, sizes } = findMistakes(file, options);
      const errors = found.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) process.exitCode = status.input;
      if (options.json) {
        const diagnostics = found.map(diagnosticToJson);
        return printJson({ diagnostics, sizes: sizes.map(sizesToJson) });
      }
      printDiagnostics(found, false);
      const tally = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
      const lines = sizes.flatMap((each) => sizeLines(each, options.size));
      const head = `${file}: ${found.length === 0 ? 'no mistakes' : tally}`;
      process.stdout.write(`${[head, ...lines].join('\n')}\n`);
    });
}

interface Findings {
  readonly found: readonly Diagnostic[];
  /** Of each model that compiled. */
  readonly sizes: readonly ModelSizes[];
}

/**
 * Of the model that is named, else of each model of the file; a file without models is checked as a
 * library.
 */
function findMistakes(file: string, { model, set, size }: CheckOptions): Findings {
  const reader = diskReader();
  const overrides = parseOverrides(set);
  const compiled = compileModel(file, reader, { model, overrides });
  if (!compiled.main) throw new InputError(`${file} is not there: name a .net file`);
  const models = modelNames(compiled.main.file);
  const one = model !== undefined || models.length === 1;
  const passes = one
    ? [compiled]
    : models.map((name) => compileModel(file, reader, { model: name, overrides }));
  const found = new Diagnostics();
  for (const { diagnostics } of one ? passes : [checkFile(file, reader), ...passes]) {
    for (const mistake of diagnostics) found.report(mistake.code, mistake);
  }
  const sizes = passes.flatMap((pass) => sizesOf(pass, size, found) ?? []);
  return { found: found.all(), sizes };
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
