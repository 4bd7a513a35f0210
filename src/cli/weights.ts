import type { Command } from 'commander';
import { readWeightMap, weightsFile } from '../runtime/weights/files.js';
import { networkTensors, printExtents, type StoredTensors } from '../runtime/weights/fit.js';
import { readSafetensors, typeOf, writeSafetensors } from '../runtime/weights/safetensors.js';
import { exportTensors, importTensors } from '../runtime/weights/translate.js';
import { printJson } from './failure.js';
import { compileGiven, type ModelOptions, modelCommand } from './model-command.js';
import { outOption } from './out-option.js';

export function registerWeights(program: Command): void {
  const weights = program
    .command('weights')
    .description('Weights as safetensors, under our names or those of another implementation.');
  weights
    .command('inspect')
    .description('Lists the tensors of a file or a run.')
    .argument('<from>', 'a safetensors file or the folder of a run')
    .option('--json', 'print one JSON object')
    .action(inspect);
  const exported = weights
    .command('export')
    .description('Writes the weights and moments of a checkpoint or a run, without the optimiser.')
    .argument('<from>', 'a checkpoint or the folder of a run')
    .option('--map <file>', 'whose names and layouts they get: models/maps/*.yaml')
    .option('--json', 'print one JSON object')
    .action(exportWeights);
  outOption(exported, '<file>', 'where they go', { required: true });
  const imported = modelCommand(
    weights,
    'import',
    "Writes a model's weights out of another implementation's.",
  )
    .requiredOption('--from <file>', 'theirs, as safetensors')
    .requiredOption('--map <file>', 'what they are called: models/maps/*.yaml')
    .action(importWeights);
  outOption(imported, '<file>', 'where ours go', { required: true });
}

interface Options {
  readonly json?: boolean;
}

async function inspect(from: string, { json }: Options): Promise<void> {
  const file = await weightsFile(from);
  const { tensors, metadata } = await readSafetensors(file);
  const listed = [...tensors].map(([name, tensor]) => ({
    name,
    type: typeOf(tensor),
    shape: tensor.shape,
  }));
  if (json) return printJson({ file, metadata, tensors: listed });
  const width = Math.max(0, ...listed.map(({ name }) => name.length));
  const lines = listed.map(
    ({ name, type, shape }) => `${name.padEnd(width)}  ${type}  ${printExtents(shape)}`,
  );
  const numbers = [...tensors.values()].reduce((sum, { data }) => sum + data.length, 0);
  const total = `${listed.length} tensors, ${numbers.toLocaleString('en-US')} numbers`;
  process.stdout.write(`${[...lines, total].join('\n')}\n`);
}

interface ExportOptions extends Options {
  readonly out: string;
  readonly map?: string;
}

async function exportWeights(from: string, { out, map, json }: ExportOptions): Promise<void> {
  const ours = networkTensors((await readSafetensors(await weightsFile(from))).tensors);
  const tensors = map === undefined ? ours : exportTensors(readWeightMap(map), ours);
  await written(out, tensors, json);
}

interface ImportOptions extends ModelOptions {
  readonly from: string;
  readonly map: string;
  readonly out: string;
}

async function importWeights(file: string, options: ImportOptions): Promise<void> {
  const { from, out, json } = options;
  const { graph } = compileGiven(file, options);
  const map = readWeightMap(options.map);
  const { tensors } = await readSafetensors(from);
  await written(out, importTensors(map, from, tensors, graph.variables), json);
}

async function written(
  out: string,
  tensors: StoredTensors,
  json: boolean | undefined,
): Promise<void> {
  await writeSafetensors(out, { tensors, metadata: { format: 'netc' } });
  if (json) printJson({ file: out, tensors: tensors.size });
  else process.stdout.write(`${out}: ${tensors.size} tensors\n`);
}
