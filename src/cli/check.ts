import type { Command } from 'commander';
import { compileAll } from '../compiler/compile-all.js';
import { describeModel } from '../compiler/describe/describe.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import type { ImageSize } from '../compiler/graph/cost.js';
import { type CompiledModel, isCompiled } from '../runtime/compile-file.js';
import { notThere } from '../runtime/not-there.js';
import { printDescription } from '../runtime/reports/describe.js';
import { diskReader } from '../runtime/source-reader.js';
import { type ModelSizes, sizeLines, sizesOf, sizesToJson } from './check-sizes.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { type ModelOptions, modelCommand, parseOverrides } from './model-command.js';
import { parseSize } from './size.js';

interface CheckOptions extends ModelOptions {
  readonly describe?: boolean;
  readonly size?: ImageSize;
}

export function registerCheck(program: Command): void {
  modelCommand(program, 'check', 'Finds the mistakes in a .net file and what it imports.')
    .option('--size <HxW>', 'also ask whether images of this height and width fit', parseSize)
    .option('--describe', 'also what each model is: its parameters, inputs, outputs and cost')
    .action(run);
}

function run(file: string, options: CheckOptions): void {
  const { diagnostics: found, models, sizes } = findMistakes(file, options);
  const errors = found.filter(({ severity }) => severity === 'error').length;
  if (errors > 0) process.exitCode = status.input;
  const described = options.describe
    ? models.map((model) => describeModel(model, parseOverrides(options.set)))
    : undefined;
  if (options.json) {
    const diagnostics = found.map(diagnosticToJson);
    const parts = { diagnostics, sizes: sizes.map(sizesToJson) };
    printJson({ ...parts, ...(described && { models: described }) });
    return;
  }
  printDiagnostics(found, false);
  const descriptions = (described ?? []).map((model) => `${printDescription(model)}\n\n`).join('');
  const tally = `${counted(errors, 'error')}, ${counted(found.length - errors, 'warning')}`;
  const head = `${file}: ${found.length === 0 ? 'no mistakes' : tally}`;
  const lines = sizes.flatMap((each) => sizeLines(each, options.size));
  process.stdout.write(`${descriptions}${[head, ...lines].join('\n')}\n`);
}

interface Checked {
  readonly diagnostics: readonly Diagnostic[];
  /** Those without errors. */
  readonly models: readonly CompiledModel[];
  /** Of each of them. */
  readonly sizes: readonly ModelSizes[];
}

function findMistakes(file: string, { model, set, size }: CheckOptions): Checked {
  const checked = compileAll(file, diskReader(), { model, overrides: parseOverrides(set) });
  if (!checked.main) throw notThere(file, 'name a .net file', 'network');
  const found = new Diagnostics();
  for (const mistake of checked.diagnostics) found.report(mistake.code, mistake);
  const sizes = checked.models.flatMap((each) => sizesOf(each, size, found) ?? []);
  return { diagnostics: found.all(), models: checked.models.filter(isCompiled), sizes };
}

const counted = (n: number, noun: string): string => `${n} ${noun}${n === 1 ? '' : 's'}`;
