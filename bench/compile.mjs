// Times of the compiler, after `npm run build`. What to read on another machine are the ratios and whether the time per
// node stays; the milliseconds are this one's, and mean something only while it is idle. Each is the least of several runs.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { buildProgram, compileModel } from '../dist/compiler/compile.js';
import { emitSavedModel } from '../dist/compiler/emit/tensorflow/saved-model.js';
import { diskReader } from '../dist/runtime/files/source-reader.js';
import { families, readerOf } from './networks.mjs';

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

function processTime(args) {
  const begin = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return performance.now() - begin;
}

const print = (line) => process.stdout.write(`${line}\n`);

/** How many nodes a round makes, in one network or in many. */
const round = 100_000;

/**
 * One size of one family, the least CPU time per node over several runs. `alone` drops each graph at once, so that small
 * ones cost the garbage collector nothing; `kept` holds as many nodes whatever the size, and compares like with like.
 */
function graphCell(family, wanted) {
  const reader = readerOf(families[family](wanted));
  const once = () => compileModel('net.net', reader).graph;
  const written = once().nodes.length;
  const count = Math.max(1, Math.round(round / written));
  const rounds = Array.from({ length: 4 }, () =>
    cpuTime(() => Array.from({ length: count }, once)),
  );
  const alone = Array.from({ length: Math.min(300, 3 * count) }, () => cpuTime(once));
  const kept = Math.min(...rounds) / (count * written);
  const each = Math.min(...alone) / written;
  print(`${written} nodes: kept ${kept.toFixed(1)} µs, alone ${each.toFixed(1)} µs`);
}

/** The two stages after the graph, each by itself. */
function programCell(family, wanted) {
  const { graph } = compileModel('net.net', readerOf(families[family](wanted)));
  const written = graph.nodes.length;
  const times = { gradient: Number.POSITIVE_INFINITY, SavedModel: Number.POSITIVE_INFINITY };
  for (let run = 0; run < Math.min(100, Math.max(1, 30_000 / written)); run++) {
    let program;
    const gradient = cpuTime(() => {
      program = buildProgram(graph, training);
    });
    times.gradient = Math.min(times.gradient, gradient);
    times.SavedModel = Math.min(
      times.SavedModel,
      cpuTime(() => emitSavedModel(program)),
    );
  }
  const perNode = Object.entries(times).map(
    ([stage, t]) => `${stage} ${(t / written).toFixed(1)} µs`,
  );
  print(`${written} nodes: ${perNode.join(', ')}`);
}

/** In microseconds. */
function cpuTime(body) {
  const begin = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

const cells = { graph: graphCell, program: programCell };
if (process.argv[2] === '--cell') {
  cells[process.argv[3]](process.argv[4], Number(process.argv[5]));
  process.exit();
}

const least = (runs, once) => Math.min(...Array.from({ length: runs }, once));
const milliseconds = (time) => `${time.toFixed(1)} ms`;

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

print('\nCPU time per node of the model as written, each size in a process of its own');
for (const stage of Object.keys(cells)) {
  print(stage === 'graph' ? 'Text to graph' : 'Graph to program, program to SavedModel');
  for (const family of Object.keys(families)) {
    for (const nodes of [100, 1000, 10_000, 100_000]) {
      const args = [fileURLToPath(import.meta.url), '--cell', stage, family, nodes];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      print(`  ${family}, ${stdout.trimEnd()}`);
    }
  }
}
