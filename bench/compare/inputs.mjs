// The network of a workload, and the files that every side starts from.
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../../dist/compiler/compile.js';
import { emitOnnx } from '../../dist/compiler/emit/onnx/model.js';
import { initialState } from '../../dist/runtime/engines/initial-state.js';
import { compileFile } from '../../dist/runtime/networks/compile-file.js';
import { readWeightMap } from '../../dist/runtime/weights/files.js';
import { readSafetensors, writeSafetensors } from '../../dist/runtime/weights/safetensors/file.js';
import { exportTensors } from '../../dist/runtime/weights/translate.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

export const learningRate = 1e-3;
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };

/**
 * As narrow as PyTorch's own first kernels are beside He's: a recurrent network whose running statistics are still 0 and 1 would
 * predict nothing but 0 and 1, and those agree whatever is computed.
 */
const narrow = ([path, { shape, data }]) => [
  path,
  { shape, data: path.endsWith('kernel') ? data.map((value) => value / Math.sqrt(6)) : data },
];

/** The network at its width, and the program that trains it; every side starts from the same `state`. */
export function networkOf({ model, base }) {
  const file = here(`../../models/${model}.net`);
  const { graph } = compileFile(file, undefined, { base: String(base) });
  const program = buildProgram(graph, { loss: { kind: 'bce' }, optimiser: adam });
  const state = Object.entries(initialState(program, 1)).map(narrow);
  return { graph, program, state: Object.fromEntries(state) };
}

const array = (shape, value) => ({
  shape,
  data: Float32Array.from({ length: shape.reduce((a, b) => a * b) }, (_, i) => value(i)),
});

/** Images and masks by a formula, [batch, size, size, channels]. */
const batchOf = ({ batch, size }) =>
  new Map([
    ['image', array([batch, size, size, 3], (i) => Math.sin(i * 0.37))],
    ['mask', array([batch, size, size, 1], (i) => (Math.sin(i * 0.11) > 0.5 ? 1 : 0))],
  ]);

/**
 * Writes what the sides read: the images (`batch`), a few small ones that make a side load all its code (`small`), the
 * weights by PyTorch's names (`state`), and the network as ONNX.
 */
export async function writeInputs(workload, { graph, state: initial }, folder) {
  const write = (name, tensors) =>
    writeSafetensors(join(folder, name), { tensors, metadata: { format: 'pt' } });
  await write('batch', batchOf(workload));
  await write('small', batchOf({ batch: 2, size: 32 }));
  const own = graph.variables.map(({ path }) => [path, initial[path]]);
  const map = readWeightMap(here(`../../models/maps/${workload.peer}.yaml`));
  const exported = exportTensors(map, new Map(own));
  // Of the two spellings in use, the map's first has a module more around a recurrent layer than bench/peers/pytorch.
  const state = [...exported].map(([path, tensor]) => [
    path.replace('.conv.conv.', '.conv.'),
    tensor,
  ]);
  await write('state', new Map(state));
  const { predict } = buildProgram(graph).functions;
  await writeFile(join(folder, 'network.onnx'), emitOnnx(predict, initial));
}

export const readTensor = async (folder, file, name) =>
  (await readSafetensors(join(folder, file))).tensors.get(name);
