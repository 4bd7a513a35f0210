// Times of the compiler, after `npm run build`. What to read on another machine are the ratios and whether the time per
// node stays; the milliseconds are this one's, and mean something only while it is idle. Each is the least of several runs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { compileModel } from '../dist/compiler/compile.js';
import { emitSavedModel } from '../dist/compiler/emit/tensorflow/saved-model.js';
import { buildProgram } from '../dist/compiler/gradient/program.js';
import { diskReader } from '../dist/runtime/source-reader.js';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));
const network = here('../models/r2au.net');

const training = {
  loss: { kind: 'bce', weight: 'weight' },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
};

/** From text to the bytes of the whole program, with the milliseconds of each stage. */
function build(path, reader) {
  const times = {};
  const timed = (stage, body) => {
    const begin = performance.now();
    const result = body();
    times[stage] = performance.now() - begin;
    return result;
  };
  const { graph, diagnostics } = timed('text to graph', () => compileModel(path, reader));
  if (!graph) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  const program = timed('program', () => buildProgram(graph, training));
  const { savedModel } = timed('SavedModel', () => emitSavedModel(program));
  const nodes = Object.values(program.functions).reduce((sum, f) => sum + f.nodes.length, 0);
  return { times, size: { written: graph.nodes.length, nodes, bytes: savedModel.length } };
}

/** The least time of each stage over `runs`, and of all stages of one run as `total`. */
function fastest(runs, once) {
  const least = {};
  let size;
  for (let run = 0; run < runs; run++) {
    const built = once();
    const total = Object.values(built.times).reduce((sum, time) => sum + time, 0);
    for (const [stage, time] of Object.entries({ ...built.times, total })) {
      least[stage] = Math.min(least[stage] ?? Number.POSITIVE_INFINITY, time);
    }
    size = built.size;
  }
  return { ...size, least };
}

/** A fold of five nodes a step, each step with weights of its own. */
const chain = (steps) => ({
  resolve: (_, specifier) => specifier,
  read: (path) => ({
    path,
    text: `model Chain {
  input image: [N, H, W, 8]
  output mask = repeat ${steps} with state = image {
    (state + image) -> Conv(8) -> BatchNorm -> relu
  } -> Conv(1, kernel: 1) -> sigmoid
}
`,
  }),
});

function processTime(args) {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begin;
}

const least = (runs, once) => Math.min(...Array.from({ length: runs }, once));
const milliseconds = (time) => `${time.toFixed(1)} ms`;
const print = (line) => process.stdout.write(`${line}\n`);

const empty = least(10, () => processTime(['-e', '0']));
const check = least(10, () => processTime([here('../dist/bin/main.js'), 'check', network]));
print('Whole process');
print(`  node -e 0                 ${milliseconds(empty)}`);
print(
  `  netc check r2au.net       ${milliseconds(check)}, ${(check / empty).toFixed(1)} times as long`,
);

const r2au = fastest(60, () => build(network, diskReader()));
print(`\nR2AU-Net, text to bytes, warm: ${r2au.nodes} nodes, ${r2au.bytes} bytes`);
for (const [stage, time] of Object.entries(r2au.least)) {
  print(`  ${stage.padEnd(24)}  ${milliseconds(time)}`);
}

print('\nPer node of the model as written');
for (const [steps, runs] of [
  [20, 60],
  [200, 20],
  [2000, 5],
]) {
  const reader = chain(steps);
  const { written, least: times } = fastest(runs, () => build('chain.net', reader));
  const perNode = Object.entries(times).map(
    ([stage, time]) => `${stage} ${((1000 * time) / written).toFixed(1)}`,
  );
  print(`  ${`${written} nodes`.padEnd(24)}  ${perNode.join(', ')} µs`);
}
