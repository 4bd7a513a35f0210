// A training step of R2AU-Net (16 channels at the top, 8 patches of 64x64) on both engines, in turn, so that other work
// on the machine slows both: `npm run bench:engines [rounds]`. Losses are compared before times.
import { availableParallelism, cpus } from 'node:os';
import { buildProgram } from '../dist/compiler/compile.js';
import { initialState } from '../dist/runtime/engines/initial-state.js';
import { openPortable } from '../dist/runtime/engines/portable/client.js';
import { openTensorFlow } from '../dist/runtime/engines/tensorflow/client.js';
import { compileFile } from '../dist/runtime/networks/compile-file.js';

const rounds = Number(process.argv[2] ?? 8);
const [batch, size] = [8, 64];

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

async function step(engine) {
  const start = performance.now();
  const { loss } = await engine.call('train', inputs);
  return { seconds: (performance.now() - start) / 1000, loss: loss.data[0] };
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const line = (name, values) =>
  `${name.padEnd(22)} median ${median(values).toFixed(2)}  least ${Math.min(...values).toFixed(2)}  greatest ${Math.max(...values).toFixed(2)}`;

const engines = [await openTensorFlow(program, { gpu: 'never' }), await openPortable(program)];
for (const engine of engines) await engine.write(initialState(program, 1));

// The first step of each also prepares its kernels.
const [first, other] = [await step(engines[0]), await step(engines[1])];
console.log(`${cpus()[0].model}, ${availableParallelism()} threads`);
for (const { name, description } of engines) console.log(`${name}: ${description}`);
console.log(`loss of the first step: ${first.loss} and ${other.loss}`);
if (Math.abs(first.loss - other.loss) > 1e-5 * first.loss) throw new Error('The losses differ.');

const seconds = engines.map(() => []);
for (let round = 0; round < rounds; round++)
  for (const [i, engine] of engines.entries()) seconds[i].push((await step(engine)).seconds);
const ratios = seconds[1].map((portable, i) => portable / seconds[0][i]);
for (const [i, { name }] of engines.entries()) console.log(line(`${name}, s`, seconds[i]));
console.log(line('portable / tensorflow', ratios));
for (const engine of engines) await engine.close();
