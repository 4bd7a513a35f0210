import { type Probe, withProbes } from '../../compiler/gradient/probes.js';
import type { Node, Program } from '../../compiler/ir/graph.js';
import { positionAt } from '../../compiler/source/source.js';
import type { BatchSource } from '../data/batches/batch-source.js';
import type { Engine, Tensors } from '../engines/engine.js';
import { openEngine } from '../engines/open-engine.js';
import type { Prepared } from '../preparation/prepare.js';
import { finite } from '../weights/finite.js';
import { feedsOf } from './feeds.js';
import type { NotFinite } from './loss-not-finite.js';
import type { Point } from './training.js';

/** Training again up to where numbers failed. */
export interface Again {
  readonly prepared: Prepared;
  readonly batches: BatchSource;
  /** Where it goes on from: a checkpoint, or the beginning. */
  readonly point: Point;
  /** The learning rate of a step, counted from 1. */
  readonly rateOf: (done: number) => number;
  /** Asked after every step: whether to give up. */
  readonly stopped: () => boolean;
}

/**
 * Which value of a step is the first that is NaN or infinite, in words. The steps since `point` are taken again, then each node of the
 * step is looked at, in the engine that trained; where the weights were not finite any more, of the step before.
 */
export async function firstNotFinite(again: Again, found: NotFinite): Promise<string> {
  const bad = Object.keys(found.inputs).find((name) => !finite(found.inputs[name]!));
  if (bad !== undefined)
    return `the batch has NaN or infinite numbers in ${bad} before the network sees it`;
  const { experiment, network } = again.prepared;
  const { program, probes } = probing(network.program);
  const engine = await openEngine(program, experiment.engine, { say: () => {}, force: true });
  try {
    return await sought(engine, again, found.step, probes);
  } finally {
    await engine.close();
  }
}

type Probes = Readonly<Record<string, readonly Probe[]>>;
const probed = (fn: string): string => `${fn}Probed`;

/** The program with its training functions a second time, to be looked into. */
function probing({ name, variables, functions, half = [] }: Program) {
  const own = ['accumulate', 'train'].filter((fn) => fn in functions);
  const made = own.map((fn) => ({ fn, ...withProbes(functions[fn]!) }));
  const probes: Probes = Object.fromEntries(made.map(({ fn, probes }) => [fn, probes]));
  const program: Program = {
    name,
    variables,
    functions: {
      ...Object.fromEntries(own.map((fn) => [fn, functions[fn]!])),
      ...Object.fromEntries(made.map(({ fn, graph }) => [probed(fn), graph])),
    },
    half: own.flatMap((fn) => (half.includes(fn) ? [fn, probed(fn)] : [])),
  };
  return { program, probes };
}

async function sought(
  engine: Engine,
  again: Again,
  failed: number,
  probes: Probes,
): Promise<string> {
  const { point, stopped } = again;
  const calls = callsOf(again);
  await engine.write(point.state);
  let before: Tensors | undefined;
  for (let step = point.step; step < failed; step++) {
    if (step === failed - 1) before = await engine.read();
    for (const { fn, inputs } of await calls(step)) await engine.call(fn, inputs);
    if (stopped()) return 'where it began was not sought to the end';
  }
  const isWhole = Object.values(await engine.read()).every((tensor) => finite(tensor));
  if (!isWhole && before) await engine.write(before);
  const step = isWhole || !before ? failed : failed - 1;
  for (const { fn, inputs } of await calls(step)) {
    const counts = await engine.call(probed(fn), inputs);
    const probe = probes[fn]!.find(({ output }) => counts[output]!.data[0]! > 0);
    if (probe)
      return `the first value that is not finite is ${words(probe.node)}, at step ${step + 1}`;
    await engine.call(fn, inputs);
  }
  return `taken again, step ${step + 1} gives finite numbers only`;
}

/** The calls of a step. */
function callsOf({ prepared, batches, rateOf }: Again) {
  const { experiment, network } = prepared;
  const { batch, patch, seed, accumulate } = experiment;
  const feeds = feedsOf(network.geometry, batch, patch, seed);
  return async (step: number) => {
    const calls: { readonly fn: string; readonly inputs: Tensors }[] = [];
    for (let part = 0; part < accumulate; part++) {
      const next = await batches.next(step * accumulate + part);
      calls.push(
        part + 1 < accumulate
          ? { fn: 'accumulate', inputs: feeds.accumulate(next, part) }
          : { fn: 'train', inputs: feeds.train(next, rateOf(step + 1)) },
      );
    }
    return calls;
  };
}

const phases = {
  forward: 'of',
  loss: 'of',
  backward: 'in the gradient of',
  optimiser: 'in the update of the weights, of',
} as const;

/** Which operation it is, and the line of the model that asks for it. */
function words({ op, origin, phase }: Node): string {
  const operation = `${phases[phase]} the operation ${op.name}`;
  if (!origin) return phase === 'loss' ? `${operation} of the loss` : operation;
  const { file, start } = origin.site;
  const where = `${file.path}:${positionAt(file, start).line}`;
  return `${operation} at ${where}${origin.path === '' ? '' : ` (${origin.path})`}`;
}
