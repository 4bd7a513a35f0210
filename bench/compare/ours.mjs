// netc's side, a process of its own like each peer: node ours.mjs WORKLOAD FOLDER THREADS. Training is what `netc train`
// runs, prediction what `netc predict` runs.
import { join } from 'node:path';
import { buildProgram } from '../../dist/compiler/compile.js';
import { openEngine } from '../../dist/runtime/engines/open-engine.js';
import { writeSafetensors } from '../../dist/runtime/weights/safetensors/file.js';
import { learningRate, networkOf, readTensor } from './inputs.mjs';
import { serve } from './serve.mjs';
import { workloads } from './workloads.mjs';

const [name, folder, threads] = process.argv.slice(2);
const { graph, program, state } = networkOf(workloads.find((workload) => workload.name === name));
const options = { kind: 'tensorflow', gpu: 'never', threads: Number(threads) };
const scalars = {
  learningRate: { shape: [], data: Float32Array.of(learningRate) },
  seed: { shape: [], data: Int32Array.of(0) },
};
const trainer = await openEngine(program, options);

/** Opened at the first prediction, as the memory of a step is measured before. */
let predictor = null;
async function openPredictor() {
  const prediction = buildProgram(graph);
  const engine = await openEngine(prediction, options);
  const wanted = prediction.variables.map(({ path }) => [path, state[path]]);
  await engine.write(Object.fromEntries(wanted));
  return engine;
}

/** One step on the images of a file. */
async function stepOn(file) {
  const image = await readTensor(folder, file, 'image');
  const mask = await readTensor(folder, file, 'mask');
  const feeds = { image, mask, ...scalars };
  return async () => (await trainer.call('train', feeds)).loss.data[0];
}

await serve(trainer.description, {
  async warm() {
    await trainer.write(state);
    await (await stepOn('small'))();
  },
  load: () => trainer.write(state),
  train: () => stepOn('batch'),
  async predict() {
    predictor ??= await openPredictor();
    const image = await readTensor(folder, 'batch', 'image');
    return async () => (await predictor.call('predict', { image })).mask;
  },
  save: (mask) =>
    writeSafetensors(join(folder, 'ours'), { tensors: new Map([['mask', mask]]), metadata: {} }),
});
await trainer.close();
await predictor?.close();
