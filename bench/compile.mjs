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

/** The stages of each kind of cell: what a stage is to do over and over, from the reader of a network and its graph. */
const cells = {
  graph: { 'text to graph': (reader) => () => compileModel('net.net', reader).graph },
  program: {
    gradient: (_, graph) => () => buildProgram(graph, training),
    SavedModel(_, graph) {
      const program = buildProgram(graph, training);
      return () => emitSavedModel(program);
    },
  },
};

/**
 * One size of one family, the least CPU time per node over several runs. `alone` drops what each run made at once, so that small
 * networks cost the garbage collector nothing; `kept` holds as many nodes whatever the size, and compares like with like.
 */
function cell(stages, family, wanted) {
  const reader = readerOf(families[family](wanted));
  const { graph } = compileModel('net.net', reader);
  const written = graph.nodes.length;
  const count = Math.max(1, Math.round(round / written));
  const figures = Object.entries(stages).map(([stage, begin]) => {
    const once = begin(reader, graph);
    const rounds = Array.from({ length: 3 }, () =>
      cpuTime(() => Array.from({ length: count }, once)),
    );
    const runs = Array.from({ length: Math.min(100, 2 * count) }, () => cpuTime(once));
    const kept = Math.min(...rounds) / (count * written);
    return `${stage} kept ${kept.toFixed(1)} µs, alone ${(Math.min(...runs) / written).toFixed(1)} µs`;
  });
  print(`${written} nodes: ${figures.join('; ')}`);
}

/** In microseconds. */
function cpuTime(body) {
  const begin = process.cpuUsage();
  body();
  const { user, system } = process.cpuUsage(begin);
  return user + system;
}

if (process.argv[2] === '--cell') {
  const [kind, family, nodes] = process.argv.slice(3);
  cell(cells[kind], family, Number(nodes));
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
for (const kind of Object.keys(cells)) {
  for (const family of Object.keys(families)) {
    for (const nodes of [100, 1000, 10_000, 100_000]) {
      const args = [fileURLToPath(import.meta.url), '--cell', kind, family, nodes];
      const { stdout, stderr, status } = spawnSync(process.execPath, args, { encoding: 'utf8' });
      if (status !== 0) throw new Error(stderr);
      print(`  ${family}, ${stdout.trimEnd()}`);
    }
  }
}
