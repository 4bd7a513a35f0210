import type { Engine, Tensors, Timing } from './engine.js';

/** A function's calls measured: means over the faster half of them, as other work on the machine only ever slows a call. */
export interface Timings extends Timing {
  readonly calls: number;
}

/** Calls before those that are measured: the first ones prepare kernels and memory. */
const warmUp = 3;
const calls = { least: 4, most: 20 };
/** Milliseconds of measuring after which no further call begins. */
const enough = 20_000;

/**
 * Measures calls of a function: fewer where each takes long.
 * @throws EngineError where the engine was not opened to time it
 */
export async function timingsOf(engine: Engine, fn: string, inputs: Tensors): Promise<Timings> {
  for (let i = 0; i < warmUp; i++) await engine.time(fn, inputs);
  const timings: Timing[] = [];
  const begin = performance.now();
  while (
    timings.length < calls.least ||
    (timings.length < calls.most && performance.now() - begin < enough)
  ) {
    timings.push(await engine.time(fn, inputs));
  }
  return { ...ofFasterHalf(timings), calls: timings.length };
}

/** The calls as they always run by their own half; what is measured apart adds up, as it is of the same calls. */
export function ofFasterHalf(timings: readonly Timing[]): Timing {
  const half = (by: (timing: Timing) => number): readonly Timing[] =>
    timings.toSorted((a, b) => by(a) - by(b)).slice(0, Math.ceil(timings.length / 2));
  const mean = (of: readonly Timing[], value: (timing: Timing) => number): number =>
    of.reduce((sum, timing) => sum + value(timing), 0) / of.length;
  const faster = half(({ apart }) => apart);
  return {
    whole: mean(
      half(({ whole }) => whole),
      ({ whole }) => whole,
    ),
    apart: mean(faster, ({ apart }) => apart),
    nodes: timings[0]!.nodes.map((_, i) => mean(faster, ({ nodes }) => nodes[i]!)),
    assignments: mean(faster, ({ assignments }) => assignments),
  };
}
