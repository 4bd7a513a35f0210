import type { Command } from 'commander';
import { checkFile, compileModel } from '../compiler/compile.js';
import { describeModel } from '../compiler/describe/describe.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { type CompiledModel, isCompiled } from '../runtime/compile-file.js';
import { InputError } from '../runtime/errors.js';
import { printDescription } from '../runtime/reports/describe.js';
import { diskReader } from '../runtime/source-reader.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { type ModelOptions, modelCommand, modelNames, parseOverrides } from './model-command.js';

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
  const descriptions = (described ?? []).map((model) => `${printDescription(model)}\n\n`).join('');
  const tally = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
  process.stdout.write(`${descriptions}${file}: ${found.length === 0 ? 'no mistakes' : tally}\n`);
}

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Those without errors. */
  readonly models: readonly CompiledModel[];
}

/**
 * Of the model that is named, else of each model of the file; a file without models is checked as a
 * library.
 */
function findMistakes(file: string, { model, set }: ModelOptions): Checked {
  const reader = diskReader();
  const overrides = parseOverrides(set);
  const compiled = compileModel(file, reader, { model, overrides });
  if (!compiled.main) throw new InputError(`${file} is not there: name a .net file`);
  const models = modelNames(compiled.main.file);
  if (model !== undefined || models.length === 1) {
    return { diagnostics: compiled.diagnostics, models: [compiled].filter(isCompiled) };
  }
  const passes = models.map((name) => compileModel(file, reader, { model: name, overrides }));
  const found = new Diagnostics();
  for (const { diagnostics } of [checkFile(file, reader), ...passes]) {
    for (const mistake of diagnostics) found.report(mistake.code, mistake);
  }
  return { diagnostics: found.all(), models: passes.filter(isCompiled) };
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
