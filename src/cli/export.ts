import { basename, resolve } from 'node:path';
import { type Command, InvalidArgumentError, Option } from 'commander';
import { InputError } from '../runtime/errors/errors.js';
import {
  type ExportRequest,
  type ExportTarget,
  exportTargets,
} from '../runtime/export/export-network.js';
import { type Layout, layouts } from '../runtime/export/metadata.js';
import { isFolder } from '../runtime/files/disk.js';
import { version } from '../runtime/files/version.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';
import { printResult } from './output.js';

interface ExportOptions extends ModelOptions {
  readonly to: ExportTarget;
  readonly weights?: string;
  readonly seed?: number;
  readonly out?: string;
  readonly overwrite?: boolean;
  readonly withPreprocessing?: boolean;
  readonly layout?: Layout;
}

export function registerExport(program: Command): void {
  const command = modelCommand(
    program,
    'export',
    'Exports a network with its weights to a format that runs without netc.',
    "a run's folder, or a .net file",
  )
    .addOption(new Option('--to <form>', 'the format').choices(exportTargets).makeOptionMandatory())
    .option(
      '--weights <file>',
      'weights for a .net file, as safetensors; initial weights unless given',
    )
    .option('--seed <n>', 'the seed of initial weights', parseSeed)
    .option(
      '--with-preprocessing',
      "include the run's preprocessing, so that the network takes images as their files have them",
    )
    .addOption(
      new Option('--layout <axes>', "the layout of images; the format's own unless given").choices(
        layouts,
      ),
    )
    .option('--overwrite', 'replace files that are there')
    .action(run);
  outOption(
    command,
    '<folder>',
    'where the files go; <run>-<format>, or for a .net file <model>-<format>, unless given',
  );
}

function parseSeed(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new InvalidArgumentError('Write a whole number below 2^32.');
}

async function run(from: string, options: ExportOptions): Promise<void> {
  const { exportNetwork } = await import('../runtime/export/export-network.js');
  const given = (await isFolder(from)) ? await runGiven(from, options) : modelGiven(from, options);
  const { to, layout, overwrite = false, withPreprocessing: preprocessing = false } = options;
  const { name } = given.network.graph;
  const folder = options.out ?? `${given.run ? basename(resolve(from)) : name}-${to}`;
  const request = {
    ...given,
    target: to,
    folder,
    version: version(),
    preprocessing,
    layout,
    overwrite,
  };
  const files = await exportNetwork(request);
  if (options.json) printJson({ model: name, to, weights: given.weights, preprocessing, files });
  else printResult(`${name}: ${files.join(', ')}\n${hintOf(given, options)}`);
}

/** That a run's network wants more than pixels, where that can be mended. */
const hintOf = ({ run }: Given, { to, withPreprocessing }: ExportOptions): string =>
  run === undefined || withPreprocessing || to === 'pytorch'
    ? ''
    : 'it takes images after the preprocessing of the run; --with-preprocessing takes them as their files have them\n';

type Given = Pick<ExportRequest, 'network' | 'weights' | 'run'>;

function modelGiven(file: string, options: ExportOptions): Given {
  const { weights, seed } = options;
  if (weights !== undefined && seed !== undefined) {
    throw new InputError('--seed is for initial weights: leave it out, or --weights');
  }
  const network = compileGiven(file, options);
  return { network, weights: weights === undefined ? { seed: seed ?? 0 } : { file: weights } };
}

/** The network of a run, its model and weights among what the run says. */
async function runGiven(
  folder: string,
  { model, set, weights, seed }: ExportOptions,
): Promise<Given> {
  const { openRunToExport } = await import('../runtime/export/run-to-export.js');
  if (model !== undefined || set.length > 0 || weights !== undefined || seed !== undefined) {
    throw new InputError(
      `${folder} is a run, which has its model and weights: name a .net file for others`,
    );
  }
  return openRunToExport(folder);
}
