// The memory of a training step in netc's TensorFlow engine: how far the process grows above what it holds with weights
// and optimiser state in place, beside netc's own estimate. Linux only, as the peak is read from /proc.
//   node bench/memory.mjs [NETWORK BASE BATCHxSIZE [MEMORY]]     such as: unet 16 1x512 low
// Each workload has a process of its own, with the allocators as a user has them: TensorFlow's own for its tensors, which keeps
// what is freed and may lie around it in pieces, so that the measured peak is above the estimate.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { buildProgram } from '../dist/compiler/compile.js';
import { bindingsAt } from '../dist/compiler/cost/cost.js';

import { peakOf } from '../dist/compiler/ir/peak.js';
import { evaluateShape } from '../dist/compiler/sizes/size.js';
import { initialState } from '../dist/runtime/engines/initial-state.js';
import { emitFor } from '../dist/runtime/engines/tensorflow/client.js';
import { plan } from '../dist/runtime/engines/tensorflow/load.js';
import { openSession } from '../dist/runtime/engines/tensorflow/session.js';
import { compileFile } from '../dist/runtime/networks/compile-file.js';

const workloads = [
  ['unet', '16', '1x512'],
  ['r2au', '16', '1x512'],
  ['unet', '64', '2x256'],
  ['r2au', '64', '2x256'],
];
const steps = Number(process.env.STEPS ?? 3);
const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const mebi = 2 ** 20;

const status = (key) =>
  Number(
    new RegExp(`^${key}:\\s*(\\d+) kB`, 'm').exec(readFileSync('/proc/self/status', 'utf8'))[1],
  ) * 1024;

/** `body`, with the most that the process held during it. */
function peakDuring(body) {
  writeFileSync('/proc/self/clear_refs', '5');
  body();
  return status('VmHWM');
}

/** Array buffers are given back by a thread of their own, some time after the collection. */
async function collected() {
  for (let round = 0; round < 2; round++) {
    globalThis.gc();
    await setTimeout(300);
  }
}

function feeds(batch, size) {
  const image = (channels, value) => ({
    shape: [batch, size, size, channels],
    data: Float32Array.from({ length: batch * size * size * channels }, (_, i) => value(i)),
  });
  return {
    image: image(3, (i) => Math.sin(i * 0.37)),
    mask: image(1, (i) => (Math.sin(i * 0.11) > 0.5 ? 1 : 0)),
    learningRate: { shape: [], data: Float32Array.of(1e-3) },
    seed: { shape: [], data: Int32Array.of(1) },
  };
}

async function measure(network, base, at, memory) {
  const [batch, size] = at.split('x').map(Number);
  const model = fileURLToPath(new URL(`../models/${network}.net`, import.meta.url));
  const { graph } = compileFile(model, undefined, { base });
  const program = buildProgram(graph, { loss: { kind: 'bce' }, optimiser: adam, memory });
  // On this thread and not in a worker, so that what JavaScript holds of the state can be collected.
  const found = await plan({ gpu: 'never', threads: 2 });
  const session = await openSession(emitFor(found, program), found);
  session.write(initialState(program, 1));
  // TensorFlow optimises the graph and oneDNN makes its kernels in a first step, here of the least size.
  const [small, inputs] = [feeds(batch, 16), feeds(batch, size)];
  session.run('train', small);
  await collected();
  const before = status('VmRSS');
  const times = [];
  let loss;
  const peak = peakDuring(() => {
    for (let step = 0; step < steps; step++) {
      const [begin, cpu] = [performance.now(), process.cpuUsage()];
      ({ loss } = session.run('train', inputs));
      const { user, system } = process.cpuUsage(cpu);
      times.push([performance.now() - begin, (user + system) / 1000]);
    }
  });
  const least = (i) => Math.min(...times.map((time) => time[i])).toFixed(0);
  const bindings = bindingsAt(graph, { height: size, width: size }, batch);
  const bytesOf = ({ type }) => 4 * evaluateShape(type.shape, bindings).reduce((a, n) => a * n, 1);
  const estimate = peakOf(program.functions.train, bytesOf).bytes;
  const cells = [
    network,
    base,
    at,
    memory,
    ...[peak - before, estimate].map((bytes) => `${(bytes / mebi).toFixed(0)} MiB`),
    `${least(0)} ms`,
    `${least(1)} ms`,
    loss.data[0].toFixed(6),
  ];
  console.log(`| ${cells.join(' | ')} |`);
  session.close();
}

const given = process.argv.slice(2);
if (process.env.NETC_MEASURE) {
  await measure(...given);
} else {
  console.log(
    '| network | base | images | memory | measured | estimated | step | CPU time | loss |',
  );
  console.log('|---|---|---|---|---|---|---|---|---|');
  const wanted = given.length > 0 ? [given.slice(0, 3)] : workloads;
  const modes = given[3] ? [given[3]] : ['high', 'normal', 'low'];
  for (const workload of wanted) {
    for (const mode of modes) {
      const script = fileURLToPath(import.meta.url);
      const { status: code } = spawnSync(
        process.execPath,
        ['--expose-gc', script, ...workload, mode],
        {
          stdio: 'inherit',
          env: { ...process.env, NETC_MEASURE: '1' },
        },
      );
      if (code !== 0) process.exit(3);
    }
  }
}
