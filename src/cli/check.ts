import type { Command } from 'commander';
import { describeModel } from '../compiler/describe/describe.js';
import { Diagnostics, tally } from '../compiler/diagnostics/diagnostic.js';
import { diagnosticToJson } from '../compiler/diagnostics/json.js';
import { visible } from '../compiler/diagnostics/visible.js';
import { counted } from '../runtime/errors/counted.js';
import { InputError } from '../runtime/errors/errors.js';
import { kindOfFile } from '../runtime/files/kinds.js';
import { printDescription } from '../runtime/reports/describe.js';
import { type Checked, type CheckOptions, checkFile } from './check-file.js';
import { sizeLines, sizesToJson } from './check-sizes.js';
import { printDiagnostics, printJson, status } from './failure.js';
import { modelOptions, parseOverrides } from './model-command.js';
import { printResult } from './output.js';
import { parseSize } from './size.js';
import { isNetFile, sourceFiles } from './source-files.js';

export function registerCheck(program: Command): void {
  const command = program
    .command('check')
    .description(
      'Reports every error and warning in .net files, in what they import, and in experiments.',
    )
    .argument('<paths...>', '.net files, experiments, ablations, or folders of them');
  modelOptions(command)
    .option('--size <HxW>', 'also check whether images of this height and width fit', parseSize)
    .option('--describe', 'also describe each model: its parameters, inputs, outputs and cost')
    .action(run);
}

async function run(
  paths: readonly string[],
  options: CheckOptions,
  command: Command,
): Promise<void> {
  const files = filesToCheck(paths, options, command);
  const checked: Checked[] = [];
  for (const file of files) checked.push(await checkFile(file, options));
  // An error in what several files import is one error.
  const found = new Diagnostics();
  for (const { diagnostics } of checked) {
    found.add(...diagnostics);
  }
  if (found.hasErrors) process.exitCode = status.input;
  if (options.json) printJson(asJson(checked, found, options));
  else {
    printDiagnostics(found.all(), false);
    const summary = `${files.length} files: ${tallyOf(found.all())}\n`;
    const texts = checked.map((each) => textOf(each, options));
    printResult(texts.join('') + (files.length > 1 ? summary : ''));
  }
}

/** What `--model`, `--size` and `--describe` ask can be asked of `.net` files alone. */
function filesToCheck(
  paths: readonly string[],
  { model, size, describe }: CheckOptions,
  command: Command,
): readonly string[] {
  const asked = model !== undefined ? '--model' : size ? '--size' : describe && '--describe';
  const yaml = asked && paths.find((path) => /\.ya?ml$/i.test(path));
  if (yaml) command.error(`error: ${asked} asks about .net files, and ${yaml} is none`);
  const isExperiment = (path: string): boolean =>
    !asked && /\.ya?ml$/i.test(path) && kindOfFile(path) !== undefined;
  const files = sourceFiles(paths, (path) => isNetFile(path) || isExperiment(path));
  if (files.length === 0) {
    throw new InputError(`${paths.join(', ')} holds no .net file and no experiment: name another`);
  }
  if (model !== undefined && files.length > 1) {
    command.error(`error: --model names a model of one file, and there are ${files.length} files`);
  }
  return files;
}

/** A file's verdict, with what its models ask of sizes, and what they are. */
function textOf({ file, diagnostics, models, sizes }: Checked, options: CheckOptions): string {
  const described = options.describe ? models : [];
  const descriptions = described.map(
    (model) => `${printDescription(describeModel(model, parseOverrides(options.set)))}\n\n`,
  );
  const lines = sizes.flatMap((each) => sizeLines(each, options.size));
  return `${descriptions.join('')}${[`${visible(file)}: ${tallyOf(diagnostics)}`, ...lines].join('\n')}\n`;
}

function asJson(checked: readonly Checked[], found: Diagnostics, options: CheckOptions): object {
  const models = checked.flatMap(({ models }) => models);
  const overrides = parseOverrides(options.set);
  return {
    diagnostics: found.all().map(diagnosticToJson),
    files: checked.map(({ file, diagnostics }) => ({ file, ...countOf(diagnostics) })),
    sizes: checked.flatMap(({ file, sizes }) =>
      sizes.map((each) => ({ file, ...sizesToJson(each) })),
    ),
    ...(options.describe && { models: models.map((model) => describeModel(model, overrides)) }),
  };
}

function countOf(found: Checked['diagnostics']): { errors: number; warnings: number } {
  const { error: errors, warning: warnings } = tally(found);
  return { errors, warnings };
}

function tallyOf(found: Checked['diagnostics']): string {
  const { errors, warnings } = countOf(found);
  const tally = `${counted(errors, 'error')}, ${counted(warnings, 'warning')}`;
  return found.length === 0 ? 'no errors' : tally;
}
