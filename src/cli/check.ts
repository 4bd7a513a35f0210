import type { Command } from 'commander';
import { compileAll } from '../compiler/compile-all.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { InputError } from '../runtime/errors.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics, status } from './failure.js';
import { type ModelOptions, modelCommand, parseOverrides } from './model-command.js';

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

function findMistakes(file: string, { model, set }: ModelOptions): readonly Diagnostic[] {
  const overrides = parseOverrides(set);
  const { main, diagnostics } = compileAll(file, diskReader(), { model, overrides });
  if (!main) throw new InputError(`${file} is not there: name a .net file`);
  return diagnostics;
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
