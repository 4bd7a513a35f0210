import type { Command } from 'commander';
import { checkFile, compileModel } from '../compiler/compile.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { InputError } from '../runtime/errors.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics, status } from './failure.js';
import { type ModelOptions, modelCommand, modelNames, parseOverrides } from './model-command.js';

export function registerCheck(program: Command): void {
  modelCommand(program, 'check', 'Finds the mistakes in a .net file and what it imports.').action(
    (file: string, options: ModelOptions) => {
      const found = findMistakes(file, options);
      printDiagnostics(found, options.json ?? false);
      const errors = found.filter(({ severity }) => severity === 'error').length;
      if (errors > 0) process.exitCode = status.input;
      if (options.json) return;
      const tally = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
      process.stdout.write(`${file}: ${found.length === 0 ? 'no mistakes' : tally}\n`);
    },
  );
}

/**
 * Of the model that is named, else of each model of the file; a file without models is checked as a
 * library.
 */
function findMistakes(file: string, { model, set }: ModelOptions): readonly Diagnostic[] {
  const reader = diskReader();
  const overrides = parseOverrides(set);
  const compiled = compileModel(file, reader, { model, overrides });
  if (!compiled.main) throw new InputError(`${file} is not there: name a .net file`);
  const models = modelNames(compiled.main.file);
  if (model !== undefined || models.length === 1) return compiled.diagnostics;
  const passes = models.map((name) => compileModel(file, reader, { model: name, overrides }));
  const found = new Diagnostics();
  for (const { diagnostics } of [checkFile(file, reader), ...passes]) {
    for (const mistake of diagnostics) found.report(mistake.code, mistake);
  }
  return found.all();
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
