import { statSync } from 'node:fs';
import { Argument, type Command, InvalidArgumentError } from 'commander';
import type { Drawing } from '../runtime/data/make.js';
import type { DataOptions } from '../runtime/experiments/options/data.js';
import type { PreprocessOptions } from '../runtime/experiments/options/preprocess.js';
import { printJson, status } from './failure.js';
import { collect } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';

export function registerData(program: Command): void {
  const data = program
    .command('data')
    .description(
      'Checks and shows the images of an experiment or a folder, and makes synthetic ones.',
    );
  given(
    data,
    'check',
    'Reads every image and reports splits, sizes, classes and everything that is wrong.',
  ).action(check);
  const sheet = given(
    data,
    'show',
    'Writes a contact sheet: some images of each split with their masks outlined.',
  )
    .option('--columns <n>', 'how many images of each split', whole(1), 6)
    .action(show);
  outOption(sheet, '<file>', 'the PNG to write', { required: true });
  const drawn = data
    .command('make')
    .description('Makes synthetic images with exact masks.')
    .addArgument(
      new Argument('<kind>', 'what to make').choices(['retina', 'lesion', 'lung', 'lung-sides']),
    )
    .option('--count <n>', 'how many images', whole(1), 16)
    .option('--size <n>', 'height and width in pixels', whole(32), 256)
    .option('--seed <n>', 'a different seed makes different images', whole(0), 1)
    .option('--json', 'print one JSON object')
    .action(make);
  outOption(drawn, '<folder>', 'a new folder', { required: true });
}

interface GivenOptions {
  readonly set: readonly string[];
  readonly json?: boolean;
}

/** A command over the images of an experiment or in a folder. */
const given = (data: Command, name: string, description: string): Command =>
  data
    .command(name)
    .description(description)
    .argument('<experiment|folder>', "a YAML file, or images in a dataset's layout")
    .option(
      '--set <key=value>',
      'set a key of the experiment, such as data.root; repeat for more',
      collect,
      [],
    )
    .option('--json', 'print one JSON object');

/** The images of an experiment with its steps, or those in a folder. */
async function optionsOf(
  path: string,
  { set }: GivenOptions,
): Promise<{ readonly data: DataOptions; readonly preprocess: PreprocessOptions }> {
  if (statSync(path, { throwIfNoEntry: false })?.isDirectory()) {
    const { dataInFolder } = await import('../runtime/data/in-folder.js');
    return { data: await dataInFolder(path, set), preprocess: [] };
  }
  const { openExperiment } = await import('../runtime/experiments/open-experiment.js');
  return openExperiment(path, { set, flags: [] }).experiment;
}

async function check(path: string, options: GivenOptions): Promise<void> {
  const { inspectData } = await import('../runtime/data/inspect.js');
  const { printInspection } = await import('../runtime/reports/data.js');
  const { data, preprocess } = await optionsOf(path, options);
  const found = await inspectData(data, preprocess);
  if (options.json) printJson(found);
  else printResult(`${printInspection(found)}\n`);
  if (found.problems.length > 0) process.exitCode = status.input;
}

interface ShowOptions extends GivenOptions {
  readonly out: string;
  readonly columns: number;
}

async function show(path: string, options: ShowOptions): Promise<void> {
  const { openDataset } = await import('../runtime/data/dataset.js');
  const { contactSheet } = await import('../runtime/reports/contact-sheet.js');
  const { writeAtomically } = await import('../runtime/files/disk.js');
  const dataset = await openDataset((await optionsOf(path, options)).data);
  const { png, rows } = await contactSheet(dataset, options.columns);
  await writeAtomically(options.out, png);
  if (options.json) return printJson({ file: options.out, rows });
  const lines = rows.map(({ part, ids }) => `${part}: ${ids.join(', ')}`);
  printResult(`${[options.out, ...lines].join('\n')}\n`);
}

interface MakeFlags {
  readonly out: string;
  readonly count: number;
  readonly size: number;
  readonly seed: number;
  readonly json?: boolean;
}

async function make(kind: Drawing, { json, ...options }: MakeFlags): Promise<void> {
  const { labelsOf, makeImages } = await import('../runtime/data/make.js');
  await makeImages(kind, options);
  const { out, count } = options;
  const labels = labelsOf(kind);
  if (json) return printJson({ kind, ...options, labels });
  const extra = labels === null ? '' : `, labels: ${inYaml(labels)}`;
  printResult(`${out}: ${count} images\ndata: {kind: folder, root: ${out}${extra}}\n`);
}

const inYaml = (labels: Readonly<Record<string, number>>): string =>
  `{${Object.entries(labels)
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ')}}`;

/** Reads a whole number of at least `least`. */
const whole =
  (least: number) =>
  (text: string): number => {
    const value = Number(text);
    if (/^\d+$/.test(text) && Number.isSafeInteger(value) && value >= least) return value;
    throw new InvalidArgumentError(`Not a whole number of at least ${least}.`);
  };
