import type { Command } from 'commander';
import { checkModels } from '../compiler/check-models.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { notThere } from '../runtime/not-there.js';
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
  const found = checkModels(file, diskReader(), { model, overrides: parseOverrides(set) });
  if (!found) throw notThere(file, 'name a .net file');
  return found;
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
