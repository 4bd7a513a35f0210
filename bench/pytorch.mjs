// A training step and a prediction of two networks in netc's TensorFlow engine and in PyTorch, from the same weights on the
// same batch, in turn, so that other work on the machine slows both: `npm run --silent bench [-- rounds] > bench/results.md`.
// NETC_BENCH_PYTHON names a python with PyTorch:
//   python3 -m venv venv && venv/bin/pip install -r bench/peers/pytorch/requirements.txt
import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../dist/compiler/compile.js';
import { initialState } from '../dist/runtime/engines/initial-state.js';
import { openTensorFlow } from '../dist/runtime/engines/tensorflow/client.js';
import { compileFile } from '../dist/runtime/networks/compile-file.js';
import { readWeightMap } from '../dist/runtime/weights/files.js';
import { readSafetensors, writeSafetensors } from '../dist/runtime/weights/safetensors.js';
import { importTensors } from '../dist/runtime/weights/translate.js';

const python = process.env.NETC_BENCH_PYTHON ?? 'python3';
const rounds = Number(process.argv[2] ?? 10);
const [batch, size, threads] = [8, 64, 2];
const networks = [
  { title: 'U-Net', model: 'unet', peer: 'pytorch-unet' },
  { title: 'R2AU-Net', model: 'r2au', peer: 'pytorch-r2attunet' },
];

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const print = (line = '') => process.stdout.write(`${line}\n`);

const image = (channels, value) => ({
  shape: [batch, size, size, channels],
  data: Float32Array.from({ length: batch * size * size * channels }, (_, i) => value(i)),
});
const inputs = {
  image: image(3, (i) => Math.sin(i * 0.37)),
  mask: image(1, (i) => (Math.sin(i * 0.11) > 0.5 ? 1 : 0)),
};
const scalars = {
  learningRate: { shape: [], data: Float32Array.of(1e-3) },
  seed: { shape: [], data: Int32Array.of(0) },
};

/** netc's side: `train` and `predict` give the seconds of a call and what it computed. */
async function openOurs(program, state) {
  const engine = await openTensorFlow(program, { gpu: 'never', threads });
  await engine.write(state);
  const timed = async (fn, feeds) => {
    const begin = performance.now();
    const outputs = await engine.call(fn, feeds);
    return { seconds: (performance.now() - begin) / 1000, outputs };
  };
  return {
    description: engine.description,
    async train() {
      const { seconds, outputs } = await timed('train', { ...inputs, ...scalars });
      return { seconds, loss: outputs.loss.data[0] };
    },
    async predict() {
      const { seconds, outputs } = await timed('predict', { image: inputs.image });
      return { seconds, mask: outputs.mask };
    },
    close: () => engine.close(),
  };
}

/** PyTorch's side, in a process of its own: bench/peers/pytorch/timing.py. Its state is what both sides start from. */
async function openTheirs(peer, folder) {
  await writeSafetensors(join(folder, 'batch'), {
    tensors: new Map(Object.entries(inputs)),
    metadata: {},
  });
  // OpenMP's threads wait by running: where other work takes their core, all of them wait for the one that lost it, and a
  // step takes ten times as long. Waiting passively costs little on an idle machine.
  const { OMP_WAIT_POLICY = 'PASSIVE' } = process.env;
  const child = spawn(python, [here('peers/pytorch/timing.py'), peer, folder, threads], {
    stdio: ['pipe', 'pipe', 'inherit'],
    env: { ...process.env, OMP_WAIT_POLICY },
  });
  child.on('error', () => {}); // Told by the answer that does not come.
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const answer = async () => {
    const { value, done } = await lines.next();
    if (!done) return JSON.parse(value);
    throw new Error(`${python} gave no answer; the head of bench/pytorch.mjs says what it needs.`);
  };
  const ask = (call) => {
    child.stdin.write(`${call}\n`);
    return answer();
  };
  const { version } = await answer();
  const { tensors: state } = await readSafetensors(join(folder, 'state'));
  return {
    description: `PyTorch ${version}, CPU, ${threads} threads (OMP_WAIT_POLICY=${OMP_WAIT_POLICY}), eager, channels last, fused Adam`,
    state,
    train: () => ask('train'),
    async predict() {
      const { seconds } = await ask('predict');
      const { tensors } = await readSafetensors(join(folder, 'prediction'));
      return { seconds, mask: tensors.get('mask') };
    },
    close: () => child.stdin.end(),
  };
}

/** Every variable of the program as the peer's state has it; the optimiser's as they start. */
function stateOf(program, { variables }, peer, theirs) {
  const map = readWeightMap(here(`../models/maps/${peer}.yaml`));
  const tensors = importTensors(map, 'the peer', theirs, variables);
  return { ...initialState(program, 0), ...Object.fromEntries(tensors) };
}

/**
 * The same prediction of the untrained network and the same losses, or no times. The first loss has to agree to float32's
 * rounding. Adam's first steps are the gradient's sign, so that what rounding turns around moves a weight by the whole
 * rate: PyTorch's own losses in float32 and in double part by up to 0.1 % after one step and 0.5 % after two.
 */
async function compare(ours, theirs) {
  const [mask, other] = [(await ours.predict()).mask, (await theirs.predict()).mask];
  const apart = Math.max(...mask.data.map((value, i) => Math.abs(value - other.data[i])));
  print(`- prediction before training: at most ${apart.toExponential(1)} apart`);
  if (!(apart < 1e-4)) throw new Error('The predictions differ.');
  const losses = [];
  for (let step = 0; step < 3; step++)
    losses.push([(await ours.train()).loss, (await theirs.train()).loss]);
  const shown = losses.map((pair) => pair.map((loss) => loss.toFixed(6)).join(' and '));
  print(`- losses of the first three steps: ${shown.join(', ')}`);
  const bounds = [1e-5, 1e-2, 1e-2];
  if (!losses.every(([a, b], step) => Math.abs(a / b - 1) < bounds[step]))
    throw new Error('The losses differ.');
}

const median = (values) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)];
const least = (values) => Math.min(...values);
const greatest = (values) => Math.max(...values);
const milliseconds = (seconds) => `${(1000 * seconds).toFixed(0)} ms`;

/** Both sides in turn; who begins changes from round to round. The ratios are of the two times of one round. */
async function time(call, ours, theirs) {
  const times = { ours: [], theirs: [] };
  for (let round = 0; round < rounds; round++) {
    const turn = [
      async () => times.ours.push((await ours[call]()).seconds),
      async () => times.theirs.push((await theirs[call]()).seconds),
    ];
    for (const run of round % 2 === 0 ? turn : turn.reverse()) await run();
  }
  const ratios = times.ours.map((seconds, round) => seconds / times.theirs[round]);
  const both = (values) => `${milliseconds(least(values))}, ${milliseconds(median(values))}`;
  const spread = `${median(ratios).toFixed(2)} (${least(ratios).toFixed(2)} to ${greatest(ratios).toFixed(2)})`;
  const fastest = (least(times.ours) / least(times.theirs)).toFixed(2);
  return [both(times.ours), both(times.theirs), fastest, spread];
}

async function measure({ title, model, peer }, folder) {
  const { graph } = compileFile(here(`../models/${model}.net`), undefined, { base: '16' });
  const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  const program = buildProgram(graph, { loss: { kind: 'bce' }, optimiser: adam });
  const theirs = await openTheirs(peer, folder);
  const ours = await openOurs(program, stateOf(program, graph, peer, theirs.state));
  print(`\n## ${title}\n`);
  print(`- ours: ${ours.description}`);
  print(`- theirs: ${theirs.description}`);
  await compare(ours, theirs);
  print('\n| | ours: least, median | theirs: least, median | least / least | ours / theirs |');
  print('|---|---|---|---|---|');
  for (const [name, call] of [
    ['training step', 'train'],
    ['prediction', 'predict'],
  ]) {
    const cells = await time(call, ours, theirs);
    print(`| ${name} | ${cells.join(' | ')} |`);
  }
  theirs.close();
  await ours.close();
}

const load = () => loadavg()[0].toFixed(1);
const before = load();
print('# netc and PyTorch, one step at a time\n');
print(
  `Networks with 16 channels at the top, ${batch} images of ${size}x${size}; ${rounds} rounds in which both take turns.`,
);
print(
  'Ratios below 1 mean that netc was faster; the last column is the median over rounds and its range. Our times',
);
print("include handing the batch to the engine's thread; theirs begin with tensors in place.\n");
print(`${cpus()[0].model}, ${availableParallelism()} threads.`);
const folder = await mkdtemp(join(tmpdir(), 'netc-bench-'));
try {
  for (const network of networks) await measure(network, folder);
  const after = load();
  print(
    `\nLoad average (threads that wanted to run, over a minute) before ${before}, after ${after}. The benchmark alone makes`,
  );
  print(
    `at most ${threads}: what is above is other work on the machine, and then only the ratios say something.`,
  );
} finally {
  await rm(folder, { recursive: true, force: true });
}
