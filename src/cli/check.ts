import type { Command } from 'commander';
import { checkModels } from '../compiler/check-models.js';
import { describeModel } from '../compiler/describe/describe.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { type CompiledModel, isCompiled } from '../runtime/compile-file.js';
import { notThere } from '../runtime/not-there.js';
import { printDescription } from '../runtime/reports/describe.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { type ModelOptions, modelCommand, parseOverrides } from './model-command.js';

interface CheckOptions extends ModelOptions {
  readonly describe?: boolean;
}

export function registerCheck(program: Command): void {
  modelCommand(program, 'check', 'Finds the mistakes in a .net file and what it imports.')
    .option('--describe', 'also what each model is: its parameters, inputs, outputs and cost')
    .action(run);
}

function run(file: string, options: CheckOptions): void {
  const { diagnostics: found, models } = findMistakes(file, options);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) process.exitCode = status.input;
  const described = options.describe
    ? models.map((model) => describeModel(model, parseOverrides(options.set)))
    : undefined;
  if (options.json) {
    const diagnostics = found.map(diagnosticToJson);
    printJson({ diagnostics, ...(described && { models: described }) });
    return;
  }
  printDiagnostics(found, false);
  for (const model of described ?? []) process.stdout.write(`${printDescription(model)}\n\n`);
  const tally = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
  process.stdout.write(`${file}: ${found.length === 0 ? 'no mistakes' : tally}\n`);
}

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Those without errors. */
  readonly models: readonly CompiledModel[];
}

function findMistakes(file: string, { model, set }: ModelOptions): Checked {
  const checked = checkModels(file, diskReader(), { model, overrides: parseOverrides(set) });
  if (!checked) throw notThere(file, 'name a .net file');
  const { diagnostics, models } = checked;
  return { diagnostics, models: models.filter(isCompiled) };
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
