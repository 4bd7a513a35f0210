import { stat } from 'node:fs/promises';
import { type Command, InvalidArgumentError, Option } from 'commander';
import type { CompiledFile } from '../runtime/compile-file.js';
import { InputError } from '../runtime/errors.js';
import { type ExportRequest, type ExportTarget, exportTargets } from '../runtime/export.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';

interface ExportOptions extends ModelOptions {
  readonly to: ExportTarget;
  readonly weights?: string;
  readonly seed?: number;
  readonly out?: string;
}

export function registerExport(program: Command): void {
  const command = modelCommand(
    program,
    'export',
    'Writes a network with its weights for other programs.',
    "a run's folder, or a .net file",
  )
    .addOption(new Option('--to <form>', 'for whom').choices(exportTargets).makeOptionMandatory())
    .option('--weights <file>', "a .net file's weights, as safetensors; else initial ones")
    .option('--seed <n>', 'what initial weights are drawn from', parseSeed)
    .action(run);
  outOption(command, '<folder>', 'where the files go; <model>-<form> unless given');
}

function parseSeed(text: string): number {
  if (/^\d+$/.test(text) && Number(text) < 2 ** 32) return Number(text);
  throw new InvalidArgumentError('Write a whole number below 2^32.');
}

async function run(from: string, options: ExportOptions): Promise<void> {
  const { exportNetwork } = await import('../runtime/export.js');
  const { network, weights } = (await isFolder(from))
    ? await runGiven(from, options)
    : modelGiven(from, options);
  const { name } = network.graph;
  const folder = options.out ?? `${name}-${options.to}`;
  const files = await exportNetwork({ network, weights, target: options.to, folder });
  if (options.json) printJson({ model: name, to: options.to, weights, files });
  else process.stdout.write(`${name}: ${files.join(', ')}\n`);
}

interface Given {
  readonly network: CompiledFile;
  readonly weights: ExportRequest['weights'];
}

const isFolder = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false;

function modelGiven(file: string, options: ExportOptions): Given {
  const { weights, seed } = options;
  if (weights !== undefined && seed !== undefined) {
    throw new InputError('--seed is for initial weights: leave it out, or --weights');
  }
  const network = compileGiven(file, options);
  return { network, weights: weights === undefined ? { seed: seed ?? 0 } : { file: weights } };
}

/** The network of a run as it was trained, with its last checkpoint. */
async function runGiven(
  folder: string,
  { model, set, weights, seed }: ExportOptions,
): Promise<Given> {
  const { openExperiment } = await import('../runtime/prepare.js');
  const { compileExperiment } = await import('../runtime/network.js');
  const { checkpointPath } = await import('../runtime/training/checkpoint.js');
  const { experimentPath } = await import('../runtime/training/run-folder.js');
  if (model !== undefined || set.length > 0 || weights !== undefined || seed !== undefined) {
    throw new InputError(
      `${folder} is a run, which has its model and weights: name a .net file for others`,
    );
  }
  const { experiment } = openExperiment(experimentPath(folder), { set: [], flags: [] });
  return { network: compileExperiment(experiment), weights: { file: checkpointPath(folder) } };
}
