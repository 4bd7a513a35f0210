// One workload: every side opened, held to ours, then timed in turn.
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { median } from './figures.mjs';
import { readTensor } from './inputs.mjs';
import { python } from './python.mjs';
import { openSide } from './side.mjs';
import { peers } from './workloads.mjs';

const here = (path) => fileURLToPath(new URL(path, import.meta.url));

const steps = 3;
/**
 * Of the first loss to PyTorch's in double. A recurrent network multiplies what rounding does: at 1x512², PyTorch's own loss in
 * float32 is 4.3e-5 from it. Gradients are held to PyTorch's by test/peers.
 */
const lossBound = 1e-4;
/** Over the spread of our prediction, so that masks that are all 1 do not agree. */
const maskBound = 1e-4;

const does = (name, call) => call === 'predict' || name === 'ours' || peers[name].trains;

/**
 * The losses of the first steps, the first prediction, and the memory of a step: the greatest resident memory in the last two
 * of the steps, less what was resident before the first with code, weights, optimiser state and images loaded. A step on
 * small images has loaded the code and made the optimiser's state by then; the first step is left out, as it compiles.
 */
async function begin(side, calls, folder) {
  const found = {};
  if (calls.includes('train') && does(side.name, 'train')) {
    await side.warm();
    await side.load();
    const before = side.memory.now();
    const first = await side.run('train', 1);
    side.memory.restart();
    const { losses } = await side.run('train', steps - 1);
    found.memory = side.memory.peak() - before;
    found.losses = [...first.losses, ...losses];
  }
  if (calls.includes('predict')) {
    await side.load();
    await side.run('predict', 1);
    found.mask = await readTensor(folder, side.name, 'mask');
  }
  return found;
}

const greatest = (values) => values.reduce((most, value) => Math.max(most, value), -Infinity);
const spread = (values) => greatest(values) + greatest(values.map((value) => -value));
const distance = (ours, theirs) => greatest(ours.map((value, i) => Math.abs(value - theirs[i])));

/** The first loss by PyTorch in double. */
function exactLoss({ peer, base }, folder) {
  const given = [here('../peers/timing/torch_double.py'), peer, base, folder].map(String);
  return Number(execFileSync(python, given, { encoding: 'utf8' }));
}

/** How far a side is from PyTorch in double, and a peer from ours; throws where they do not compute the same. */
function compare(name, ours, theirs, workload, exact) {
  const apart = {};
  if (theirs.losses) {
    apart.exact = Math.abs(theirs.losses[0] / exact - 1);
    if (!(apart.exact < lossBound))
      throw new Error(`The first loss of ${name} is ${theirs.losses[0]}, in double ${exact}`);
    apart.losses = theirs.losses.map((loss, step) => Math.abs(loss / ours.losses[step] - 1));
    if (!apart.losses.slice(1).every((far) => far < workload.apart))
      throw new Error(`Losses differ: ours ${ours.losses.join(', ')}; ${name} ${theirs.losses}`);
  }
  if (theirs.mask) {
    apart.mask = distance(ours.mask.data, theirs.mask.data) / spread(ours.mask.data);
    if (!(apart.mask < maskBound)) throw new Error(`${name} predicts ${apart.mask} apart from us`);
  }
  return apart;
}

/** The seconds of a call: the median of a burst without its first call, in which caches are another's. */
async function burst(side, call) {
  side.go();
  const { wall, cpu } = await side.run(call, 4);
  side.stop();
  return { wall: median(wall.slice(1)), cpu: median(cpu.slice(1)) };
}

/** Every side in turn, forth and back from round to round. */
async function time(call, sides, rounds) {
  const times = Object.fromEntries(sides.map(({ name }) => [name, { wall: [], cpu: [] }]));
  for (let round = 0; round < rounds; round++) {
    for (const side of round % 2 === 0 ? sides : sides.toReversed()) {
      const { wall, cpu } = await burst(side, call);
      times[side.name].wall.push(wall);
      times[side.name].cpu.push(cpu);
    }
  }
  return times;
}

/** A side that is ready to be timed, what is known of it, and its first results, which peers are held to ours by. */
async function ready(name, workload, { calls, threads }, folder, { ours, exact }) {
  const side = await openSide(name, workload, folder, threads);
  try {
    const found = await begin(side, calls, folder);
    const apart = compare(name, ours ?? found, found, workload, exact);
    side.stop();
    const { memory, losses } = found;
    return { side, found, facts: { description: side.description, memory, losses, apart } };
  } catch (error) {
    side.end();
    throw error;
  }
}

/** All sides that compute the same as ours; the facts of another say why it is left out (`failed`). */
async function readySides(workload, settings, folder) {
  const sides = [];
  const facts = {};
  const exact = settings.calls.includes('train') ? exactLoss(workload, folder) : null;
  let ours;
  for (const name of ['ours', ...settings.names]) {
    if (!settings.calls.some((call) => does(name, call))) continue;
    settings.say(`${workload.name}: ${name}`);
    try {
      const one = await ready(name, workload, settings, folder, { ours, exact });
      ours ??= one.found;
      sides.push(one.side);
      facts[name] = one.facts;
    } catch (error) {
      if (name === 'ours') throw error;
      settings.say(error.message);
      facts[name] = { failed: error.message };
    }
  }
  return { sides, facts };
}

/**
 * Measures a workload whose files are in `folder`. Only one side is awake at any time.
 * @returns `{ sides: { name: { description, memory, apart } }, train: { name: { wall, cpu } }, predict }`, seconds by round
 */
export async function measure(workload, settings, folder) {
  const { calls, rounds, say } = settings;
  const { sides, facts } = await readySides(workload, settings, folder);
  const times = {};
  for (const call of calls) {
    say(`${workload.name}: ${call}, ${rounds} rounds`);
    const able = sides.filter(({ name }) => does(name, call));
    times[call] = await time(call, able, rounds);
  }
  for (const side of sides) side.end();
  return { sides: facts, ...times };
}
