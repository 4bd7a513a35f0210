import { type Measured, measured } from '../../compiler/cost/measured.js';
import { bytesAt } from '../../compiler/cost/memory.js';
import type { Graph } from '../../compiler/ir/graph.js';
import { peakOf } from '../../compiler/ir/peak.js';
import type { ImageSize } from '../../compiler/sizes/size.js';
import { EngineError } from '../errors/errors.js';
import type { Engine, Tensors } from './engine.js';
import { timingsOf } from './timings.js';

/** Calls of a function, measured as a whole and by the lines of the model. */
export interface Profiled extends Measured {
  readonly function: string;
  /** The engine, in its own words. */
  readonly engine: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  /** How many calls were measured; times are means over the faster half. */
  readonly calls: number;
  /** Milliseconds of a call as it always runs. */
  readonly whole: number;
  /** Of one that runs node after node: `milliseconds`, and what passes tensors in and out. */
  readonly apart: number;
}

/** Why an engine cannot time its nodes; null where it can. */
export function whyUntimed({
  name,
  description,
}: Pick<Engine, 'name' | 'description'>): string | null {
  if (name === 'reference')
    return 'the reference engine is there to be compared with and is not timed: choose tensorflow or portable';
  if (/\b\d+ devices\b/.test(description))
    return 'over several devices, nodes are not timed one by one: choose engine.devices 1';
  // The clock is read when a kernel has been handed over, not when it has computed.
  return description.endsWith('GPU')
    ? 'on a GPU, nodes are not timed one by one: choose engine.gpu never'
    : null;
}

/**
 * Measures a function of a program on batches of images of a size.
 * @param model what the program was made of
 * @throws EngineError where the engine cannot, or was not opened to time it
 */
export async function profileFunction(
  engine: Engine,
  { model, fn, graph }: { readonly model: Graph; readonly fn: string; readonly graph: Graph },
  inputs: Tensors,
  { height, width, batch }: ImageSize & { readonly batch: number },
): Promise<Profiled> {
  const why = whyUntimed(engine);
  if (why !== null) throw new EngineError(`${why[0]!.toUpperCase()}${why.slice(1)}.`);
  const timings = await timingsOf(engine, fn, inputs);
  const peak = peakOf(graph, bytesAt(model, { height, width }, batch));
  const { whole, apart, calls } = timings;
  const of = { function: fn, engine: engine.description, batch, height, width };
  return { ...of, calls, whole, apart, ...measured(graph, timings, peak) };
}
