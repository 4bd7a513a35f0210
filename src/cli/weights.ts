import type { Command } from 'commander';
import { counted } from '../runtime/errors/counted.js';
import { compileFile } from '../runtime/networks/compile-file.js';
import { weightsFile } from '../runtime/runs/weights-of-run.js';
import { readWith } from '../runtime/runs/whole-checkpoints.js';
import { adjustable } from '../runtime/weights/adjustable.js';
import { readWeightMap } from '../runtime/weights/files.js';
import { networkTensors, type StoredTensors } from '../runtime/weights/fit.js';
import { asOptions, loadWeights } from '../runtime/weights/load.js';
import { printExtents } from '../runtime/weights/misfit.js';
import { readTensors } from '../runtime/weights/read-tensors.js';
import { readSafetensors, writeSafetensors } from '../runtime/weights/safetensors/file.js';
import { typeOf } from '../runtime/weights/safetensors/format.js';
import { exportTensors } from '../runtime/weights/translate.js';
import { printJson } from './failure.js';
import {
  collect,
  compileGiven,
  type ModelOptions,
  modelCommand,
  parseOverrides,
} from './model-command.js';
import { outOption } from './out-option.js';
import { printNote, printResult } from './output.js';

export function registerWeights(program: Command): void {
  const weights = program
    .command('weights')
    .description(
      "Reads and writes weights, as safetensors or PyTorch checkpoints, under netc's names or another implementation's.",
    );
  weights
    .command('inspect')
    .description('Lists the tensors of a file or a run.')
    .argument('<from>', 'a safetensors file, a PyTorch checkpoint or the folder of a run')
    .option('--json', 'print one JSON object')
    .action(inspect);
  const exported = weights
    .command('export')
    .description(
      'Writes the weights and running statistics of a checkpoint or a run, without the optimiser state.',
    )
    .argument('<from>', 'a checkpoint or the folder of a run')
    .option('--map <file>', 'use the names and layouts of this map: models/maps/*.yaml')
    .option('--json', 'print one JSON object')
    .action(exportWeights);
  outOption(exported, '<file>', 'the file to write', { required: true });
  const imported = modelCommand(
    weights,
    'import',
    "Reads another implementation's weights and writes them under the model's own paths.",
  )
    .requiredOption(
      '--from <file>',
      'the file to read: a PyTorch checkpoint (.pth, .pt) or safetensors',
    )
    .requiredOption('--map <file>', 'the map of its names: models/maps/*.yaml')
    .option(
      '--only <pattern>',
      'take only these paths of the model, such as encoder/**; repeat for more',
      collect,
      [],
    )
    .option(
      '--except <pattern>',
      'leave out these paths of the model; repeat for more',
      collect,
      [],
    )
    .action(importWeights);
  outOption(imported, '<file>', 'the safetensors file to write', { required: true });
}

interface Options {
  readonly json?: boolean;
}

async function inspect(from: string, { json }: Options): Promise<void> {
  const file = await weightsFile(from);
  const { tensors, metadata, notes } = await readWith(file, readTensors);
  const listed = [...tensors].map(([name, tensor]) => ({
    name,
    type: typeOf(tensor),
    shape: tensor.shape,
  }));
  if (json) return printJson({ file, metadata, notes, tensors: listed });
  const width = Math.max(0, ...listed.map(({ name }) => name.length));
  const lines = listed.map(
    ({ name, type, shape }) => `${name.padEnd(width)}  ${type}  ${printExtents(shape)}`,
  );
  say(notes);
  const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  const total = `${counted(listed.length, 'tensor')}, ${counted(numbers, 'number')}`;
  printResult(`${[...lines, total].join('\n')}\n`);
}

interface ExportOptions extends Options {
  readonly out: string;
  readonly map?: string;
}

async function exportWeights(from: string, { out, map, json }: ExportOptions): Promise<void> {
  const read = await readWith(await weightsFile(from), readSafetensors);
  const ours = networkTensors(read.tensors);
  const tensors = map === undefined ? ours : exportTensors(readWeightMap(map), ours);
  await written(out, tensors, json);
}

interface ImportOptions extends ModelOptions {
  readonly from: string;
  readonly map: string;
  readonly only: readonly string[];
  readonly except: readonly string[];
  readonly out: string;
}

async function importWeights(file: string, options: ImportOptions): Promise<void> {
  const { out, json } = options;
  const compiled = compileGiven(file, options);
  const given = parseOverrides(options.set);
  const model = adjustable(compiled, (changed) =>
    compileFile(file, options.model, { ...given, ...changed }),
  );
  const { tensors, initial, notes } = await readWith(await weightsFile(options.from), (path) =>
    loadWeights(path, options, model, asOptions),
  );
  say(notes);
  await written(out, tensors, json);
  if (initial.length > 0) say([`${initial.length} tensors of ${model.name} are not in it`]);
}

/** What is no result: a line each. */
const say = (notes: readonly string[]): void => {
  for (const note of notes) printNote(`${note}\n`);
};

async function written(
  out: string,
  tensors: StoredTensors,
  json: boolean | undefined,
): Promise<void> {
  await writeSafetensors(out, { tensors, metadata: { format: 'netc' } });
  if (json) printJson({ file: out, tensors: tensors.size });
  else printResult(`${out}: ${counted(tensors.size, 'tensor')}\n`);
}
