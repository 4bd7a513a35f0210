import type { Command } from 'commander';
import { compileModel } from '../compiler/compile.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics, status } from './failure.js';
import { type ModelOptions, modelCommand, parseOverrides } from './model-command.js';

export function registerCheck(program: Command): void {
  modelCommand(program, 'check', 'Finds the mistakes in a .net file and what it imports.').action(
    (file: string, { model, set, json = false }: ModelOptions) => {
      const overrides = parseOverrides(set);
      const { diagnostics } = compileModel(file, diskReader(), { model, overrides });
      printDiagnostics(diagnostics, json);
      const errors = diagnostics.filter(({ severity }) => severity === 'error').length;
      const warnings = diagnostics.length - errors;
      if (errors > 0) process.exitCode = status.input;
      if (json) return;
      const tally = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
      process.stdout.write(diagnostics.length === 0 ? `${file}: no mistakes\n` : `\n${tally}\n`);
    },
  );
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
