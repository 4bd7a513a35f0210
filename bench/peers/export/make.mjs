// Writes what check.py checks: node make.mjs FOLDER [model.net ...]; run `npm run build` first. For each model, narrow ones of
// those that netc ships, the exported module with its state, and images of several sizes with what the float64 reference predicts.
import { readdirSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildProgram } from '../../../dist/compiler/compile.js';
import { emitPyTorch } from '../../../dist/compiler/emit/pytorch/module.js';
import { interpret } from '../../../dist/compiler/interpret/interpret.js';
import { initialState } from '../../../dist/runtime/engines/initial-state.js';
import { compileFile } from '../../../dist/runtime/networks/compile-file.js';
import { writeSafetensors } from '../../../dist/runtime/weights/safetensors/file.js';
import { uniformsOf } from './uniforms.mjs';

/** Rounded up to what the network takes. */
const sizes = [
  [1, 29, 22],
  [2, 64, 32],
  [1, 96, 64],
];
const ranges = {
  variance: [0.5, 1.5],
  scale: [0.4, 0.9],
  mean: [-0.2, 0.2],
  bias: [-0.2, 0.2],
  shift: [-0.2, 0.2],
};

const [folder, ...given] = process.argv.slice(2);
/** By the file's name, where not all widths follow from a parameter `base`. */
const narrow = {
  segnet: { stages: '[[4, 4], [8, 8], [8, 8, 8], [8, 8, 8], [8, 8, 8]]' },
  fcn8s: { base: '4', dense: '16' },
  resnet18: { base: '4', widths: '[16, 8, 8, 4, 4]' },
  resnet34: { base: '4', widths: '[16, 8, 8, 4, 4]' },
  resnet50: { base: '4', widths: '[16, 8, 8, 4, 4]' },
  vgg16: { base: '4', widths: '[16, 8, 8, 4]' },
  aspp: { widths: '[2, 3, 4, 4]', head: '3' },
  convnext: { widths: '[4, 8, 12, 16]' },
  'dense-encoder': { growth: '4', layers: '[2, 3, 4, 2]' },
  'pyramid-pooling': { widths: '[2, 3, 4, 4]', head: '4' },
  'squeeze-excitation': { base: '16' },
};
const shipped = ['models', 'models/encoders', 'examples'].flatMap((from) =>
  readdirSync(from).flatMap((name) => (name.endsWith('.net') ? [`${from}/${name}`] : [])),
);
const files = given.length > 0 ? given : shipped;
await mkdir(folder, { recursive: true });
for (const file of files) await write(file);

async function write(file) {
  const stem = basename(file, '.net');
  const parameters = narrow[stem] ?? (shipped.includes(file) ? { base: '4' } : {});
  const { graph, tree } = compileFile(file, undefined, parameters);
  const weights = randomised(initialState(buildProgram(graph), 7));
  const { source, state } = emitPyTorch(graph, tree);
  const name = stem.replaceAll('-', '_');
  await writeFile(join(folder, `${name}.py`), source);
  await writeSafetensors(join(folder, `${name}.safetensors`), {
    tensors: new Map(Object.entries(state(weights))),
    metadata: {},
  });
  await writeSafetensors(join(folder, `${name}-expected.safetensors`), {
    tensors: expected(graph, weights),
    metadata: { model: file, parameters: JSON.stringify(parameters) },
  });
  process.stdout.write(`${graph.name}: ${source.split('\n').length} lines\n`);
}

/** Batch norms, biases and moments that no rule of initialisation makes special. */
function randomised(weights) {
  return Object.fromEntries(
    Object.entries(weights).map(([path, { shape, data }], i) => {
      const range = ranges[path.slice(path.lastIndexOf('/') + 1)];
      return [
        path,
        { shape, data: range ? Float32Array.from(uniformsOf(i, data.length, ...range)) : data },
      ];
    }),
  );
}

/** `0/input`, and `0/output/NAME` of each output, of every size; `weight/PATH`. */
function expected(graph, weights) {
  const [{ name, value }] = graph.inputs;
  const channels = value.type.shape[3].q.n;
  const variables = reference(weights);
  const tensors = new Map(
    Object.entries(weights).map(([path, tensor]) => [`weight/${path}`, tensor]),
  );
  const multiple = (n, symbol) => {
    const modulus = graph.symbols.find((one) => one.symbol === symbol)?.modulus ?? 1;
    return Math.ceil(n / modulus) * modulus;
  };
  sizes.forEach(([count, rows, columns], i) => {
    const [height, width] = [multiple(rows, 'H'), multiple(columns, 'W')];
    const shape = [count, height, width, channels];
    const data = Float32Array.from(uniformsOf(100 + i, count * height * width * channels, -1, 1));
    const inputs = reference({ [name]: { shape, data } });
    const { outputs } = interpret(graph, { inputs, variables });
    tensors.set(`${i}/input`, { shape, data });
    for (const [key, output] of Object.entries(outputs))
      tensors.set(`${i}/output/${key}`, { shape: output.shape, data: output.data });
  });
  return tensors;
}

function reference(tensors) {
  return Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data) },
    ]),
  );
}
