import { bytesBy } from '../../../compiler/cost/memory.js';
import type { Graph, Program, Value } from '../../../compiler/ir/graph.js';
import { peakOf } from '../../../compiler/ir/peak.js';
import type { Bindings } from '../../../compiler/sizes/size.js';
import type { Engine } from '../engine.js';
import type { FreeMemory } from './machine.js';

/** What a process was measured to take, by `npm run bench:need`: docs/reliability.md has the table. */
interface Measured {
  /** Of the engine itself, in bytes. */
  readonly base: number;
  /** Copies of the variables at once: the engine's own, and those that are written, read and saved. */
  readonly variables: number;
  /** Times the compiler's figure of activations: what allocators keep, and the workspace of kernels. */
  readonly activations: number;
  /** The most that it can use, whatever the machine has. */
  readonly most?: number;
}

/** A call of a function with so many images of a size. */
export interface Call {
  readonly fn: string;
  readonly batch: number;
  readonly height: number;
  readonly width: number;
}

const mebi = 2 ** 20;

const measured: Readonly<Record<Engine['name'], Measured>> = {
  tensorflow: { base: 600 * mebi, variables: 5, activations: 1.5 },
  // The memory of WebAssembly has addresses of 32 bits.
  portable: { base: 215 * mebi, variables: 7.5, activations: 1.5, most: 2 ** 32 },
  // In float64, and nothing is given up before the end.
  reference: { base: 50 * mebi, variables: 4, activations: 2 },
};

/** Copies of images, ground truth and answers on their way to the engine and back. */
const copies = 4;

/**
 * The bytes that the process is to take at most for calls of a function of `program`, from before the engine is opened.
 * @param bindings what the symbols of sizes stand for
 */
export function needOf(
  engine: Engine['name'],
  { functions, variables }: Program,
  fn: string,
  bindings: Bindings,
): number {
  const graph = functions[fn]!;
  const bytesOf = bytesBy(bindings);
  const sum = (values: readonly { readonly value: Value }[]): number =>
    values.reduce((bytes, { value }) => bytes + bytesOf(value), 0);
  const { base, variables: held, activations } = measured[engine];
  const computed = engine === 'reference' ? allOf(graph, bytesOf) : peakOf(graph, bytesOf).bytes;
  const moved = sum(graph.inputs) + sum(graph.outputs);
  return base + held * sum(variables) + activations * computed + copies * moved;
}

/** What an engine can use of the free memory. */
export function usableBy(engine: Engine['name'], memory: FreeMemory): FreeMemory {
  const { most = Number.POSITIVE_INFINITY } = measured[engine];
  return most < memory.free ? { free: most, total: memory.total, isEngines: true } : memory;
}

const allOf = ({ nodes }: Graph, bytesOf: (value: Value) => number): number =>
  nodes.reduce((bytes, { results }) => results.reduce((a, one) => a + bytesOf(one), bytes), 0);
