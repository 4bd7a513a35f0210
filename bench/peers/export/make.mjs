// Writes what check.py checks: node make.mjs FOLDER [model.net ...]; run `npm run build` first. For each model (base 4,
// three sizes of image) the exported module with its state, and images with what the float64 reference predicts.
import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { buildProgram } from '../../../dist/compiler/compile.js';
import { emitPyTorch } from '../../../dist/compiler/emit/pytorch/module.js';
import { interpret } from '../../../dist/compiler/ir/interpret.js';
import { initialState } from '../../../dist/runtime/engines/initial-state.js';
import { compileFile } from '../../../dist/runtime/networks/compile-file.js';
import { writeSafetensors } from '../../../dist/runtime/weights/safetensors.js';
import { uniformsOf } from './uniforms.mjs';

const sizes = [
  [1, 32, 32],
  [2, 64, 32],
  [1, 96, 64],
];
const ranges = {
  variance: [0.5, 1.5],
  scale: [0.1, 0.4],
  mean: [-0.2, 0.2],
  bias: [-0.2, 0.2],
  shift: [-0.2, 0.2],
};

const [folder, ...given] = process.argv.slice(2);
const family = ['unet', 'attention-unet', 'r2unet', 'r2au'];
const files = given.length > 0 ? given : family.map((name) => `models/${name}.net`);
await mkdir(folder, { recursive: true });
for (const file of files) await write(file);

async function write(file) {
  const widths = file.endsWith('segnet.net')
    ? { stages: '[[4, 4], [8, 8], [8, 8, 8], [8, 8, 8], [8, 8, 8]]' }
    : file.endsWith('fcn8s.net')
      ? {}
      : { base: '4' };
  const { graph, tree } = compileFile(file, undefined, widths);
  const weights = randomised(initialState(buildProgram(graph), 7));
  const { source, state } = emitPyTorch(graph, tree);
  const name = basename(file, '.net').replaceAll('-', '_');
  await writeFile(join(folder, `${name}.py`), source);
  await writeSafetensors(join(folder, `${name}.safetensors`), {
    tensors: new Map(Object.entries(state(weights))),
    metadata: {},
  });
  await writeSafetensors(join(folder, `${name}-expected.safetensors`), {
    tensors: expected(graph, weights),
    metadata: {},
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

function expected(graph, weights) {
  const channels = graph.inputs[0].value.type.shape[3].q.n;
  const variables = reference(weights);
  const tensors = new Map();
  sizes.forEach(([count, height, width], i) => {
    const shape = [count, height, width, channels];
    const data = Float32Array.from(uniformsOf(100 + i, count * height * width * channels, -1, 1));
    const name = graph.inputs[0].name;
    const { outputs } = interpret(graph, {
      inputs: reference({ [name]: { shape, data } }),
      variables,
    });
    tensors.set(`${i}/input`, { shape, data });
    const output = outputs[graph.outputs[0].name];
    tensors.set(`${i}/output`, { shape: output.shape, data: output.data });
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
