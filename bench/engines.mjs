// A training step and a prediction of R2AU-Net (16 channels at the top) on both engines, in turn, so that other work on the
// machine slows both: `npm run bench:engines [rounds [batch [size]]]`, of 8 patches of 64x64 where nothing is said. Losses and
// predictions are compared before times. CPU time counts all threads: the tensorflow engine uses all cores, the portable one.
import { availableParallelism, cpus } from 'node:os';
import { buildProgram } from '../dist/compiler/compile.js';
import { initialState } from '../dist/runtime/engines/initial-state.js';
import { openPortable } from '../dist/runtime/engines/portable/client.js';
import { openTensorFlow } from '../dist/runtime/engines/tensorflow/client.js';
import { compileFile } from '../dist/runtime/networks/compile-file.js';

const [rounds = 8, batch = 8, size = 64] = process.argv.slice(2).map(Number);

const { graph } = compileFile('models/r2au.net', 'R2AUNet', { base: '16' });
const program = buildProgram(graph, {
  loss: { kind: 'bce' },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
});

const image = (channels, value) => ({
  shape: [batch, size, size, channels],
  data: Float32Array.from({ length: batch * size * size * channels }, (_, i) => value(i)),
});
const inputs = {
  image: image(3, (i) => Math.sin(i * 0.37)),
  mask: image(1, (i) => (Math.sin(i * 0.11) > 0.5 ? 1 : 0)),
  learningRate: { shape: [], data: Float32Array.of(1e-3) },
  seed: { shape: [], data: Int32Array.of(1) },
};

/**
 * What each function is fed, and the output by which the engines are compared. After some steps the running statistics are far
 * from the batch's, so that a prediction multiplies what rounding does.
 */
const calls = {
  train: { output: 'loss', inputs, within: 1e-5 },
  predict: { output: 'mask', inputs: { image: inputs.image }, within: 1e-3 },
};

async function timed(engine, fn) {
  const { output, inputs } = calls[fn];
  const [start, cpu] = [performance.now(), process.cpuUsage()];
  const found = await engine.call(fn, inputs);
  const { user, system } = process.cpuUsage(cpu);
  const wall = performance.now() - start;
  return { wall, cpu: (user + system) / 1000, values: found[output].data };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const line = (name, values, digits) => {
  const [middle, least, greatest] = [median(values), Math.min(...values), Math.max(...values)];
  const [m, l, g] = [middle, least, greatest].map((value) => value.toFixed(digits));
  return `  ${name.padEnd(22)} median ${m}  least ${l}  greatest ${g}`;
};

const engines = [await openTensorFlow(program, { gpu: 'never' }), await openPortable(program)];
console.log(`${cpus()[0].model}, ${availableParallelism()} threads, ${batch}x${size}²`);
for (const { name, description } of engines) console.log(`${name}: ${description}`);

let state = initialState(program, 1);
for (const fn of Object.keys(calls)) {
  for (const engine of engines) await engine.write(state);
  // The first call of each also prepares its kernels.
  const [first, other] = [await timed(engines[0], fn), await timed(engines[1], fn)];
  const distance = first.values.reduce((d, v, i) => Math.max(d, Math.abs(v - other.values[i])), 0);
  console.log(`\n${fn}: ${calls[fn].output} apart by ${distance.toExponential(1)}`);
  if (!(distance < calls[fn].within * Math.max(1, Math.abs(first.values[0]))))
    throw new Error(`The engines differ in ${fn}.`);

  const times = engines.map(() => []);
  for (let round = 0; round < rounds; round++)
    for (const [i, engine] of engines.entries()) times[i].push(await timed(engine, fn));
  for (const measure of ['wall', 'cpu']) {
    const [ours, portable] = times.map((calls) => calls.map((call) => call[measure]));
    console.log(line(`tensorflow, ${measure}, ms`, ours, 0));
    console.log(line(`portable, ${measure}, ms`, portable, 0));
    const ratios = portable.map((time, i) => time / ours[i]);
    console.log(line('portable / tensorflow', ratios, 2));
  }
  // Predictions of weights that nobody trained are all 0 or 1.
  state = await engines[0].read();
}
for (const engine of engines) await engine.close();
