// node test/run.mjs test/long/flat.ts [--steps 20000] [--minutes n] [--engine portable|tensorflow] [--seed 1]
// Trains a small network for long, prints memory and the time of a step every thousand steps, and ends with status 1 where one of
// them is not flat.
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { growth, median, megabytes, type Stretch } from './judge.js';

const { values } = parseArgs({
  options: {
    steps: { type: 'string', default: '20000' },
    minutes: { type: 'string', default: 'Infinity' },
    engine: { type: 'string', default: 'auto' },
    seed: { type: 'string', default: '1' },
  },
});
const steps = Number(values.steps);
const until = Date.now() + Number(values.minutes) * 60_000;
/** Steps a line. */
const each = Math.max(1, Math.floor(steps / 20));

const folder = mkdtempSync(join(tmpdir(), 'netc-flat-'));
cpSync('models', join(folder, 'models'), { recursive: true });
const experiment = join(folder, 'x.yaml');
writeFileSync(
  experiment,
  `model: {path: models/unet.net}
parameters: {base: 4, depth: 1}
data: {kind: synthetic-retina, train: 4, test: 1, size: 64}
engine: {kind: ${values.engine}}
steps: ${steps}
seed: ${values.seed}
batch: 2
patch: 16
ema: 0.99
checkpoint: {every: ${each}}
validation: {every: ${each}, patches: 4}
output: ${join(folder, 'run')}
`,
);
// As it is built, since its threads start from files of their own.
const { trainExperiment } = (await import(
  pathToFileURL(resolve('dist/bin/runtime.js')).href
)) as typeof import('../../src/runtime/index.js');

const stretches: Stretch[] = [];
let memories: number[] = [];
let last = { clock: performance.now(), processor: process.cpuUsage() };
const line = (...cells: readonly string[]) =>
  console.log(cells.map((cell) => cell.padStart(14)).join(''));
line('step', 'memory', 'ms a step', 'of processor');
const { steps: done } = await trainExperiment(experiment, {
  stopped: () => Date.now() > until,
  onStep(step) {
    memories.push(process.memoryUsage.rss());
    if (step % each > 0) return;
    const { user, system } = process.cpuUsage(last.processor);
    const clock = (performance.now() - last.clock) / each;
    const stretch = { step, memory: median(memories), milliseconds: (user + system) / 1000 / each };
    stretches.push(stretch);
    const times = [clock, stretch.milliseconds].map((time) => time.toFixed(2));
    line(`${step}`, megabytes(stretch.memory), ...times);
    memories = [];
    last = { clock: performance.now(), processor: process.cpuUsage() };
  },
});
rmSync(folder, { recursive: true });
const grown = growth(stretches);
for (const one of grown) console.log(one);
if (grown.length === 0) console.log(`flat over ${done} steps`);
process.exitCode = grown.length > 0 ? 1 : 0;
