import type { Graph, Node, Value } from '../../ir/graph.js';
import { minimumCut } from './minimum-cut.js';

/** A training step taken apart where its loss is made: nodes keep their order. */
export interface Halves {
  readonly forward: readonly Node[];
  /** Gradients, updates, and what is made for them. */
  readonly backward: readonly Node[];
}

/** Undefined where the graph has no output `loss` that it computes. */
export function halvesOf({ nodes, outputs }: Graph): Halves | undefined {
  const loss = outputs.find(({ name }) => name === 'loss')?.value;
  const last = nodes.findIndex(({ results }) => results.some((result) => result === loss));
  if (last === -1) return undefined;
  return { forward: nodes.slice(0, last + 1), backward: nodes.slice(last + 1) };
}

/** Of the largest value: what is smaller is kept as it is. */
const smallShare = 1 / 1000;

/** Which values made by the nodes of `forward` are large enough to think about. */
export function largeAmong(
  forward: readonly Node[],
  elements: (value: Value) => number,
): (value: Value) => boolean {
  const made = new Set(forward.flatMap(({ results }) => results));
  let greatest = 0;
  for (const value of made) greatest = Math.max(greatest, elements(value));
  return (value) => made.has(value) && elements(value) >= smallShare * greatest;
}

/** The longest chain of operations that one value is made again by. */
const deepest = 32;

/**
 * The values of the forward pass that can be made again from operands for little more than reading them; but for one at the end of
 * each chain of them that is too long.
 */
export function cheapAmong(forward: readonly Node[]): ReadonlySet<Value> {
  const depths = new Map<Value, number>();
  for (const { op, operands, results } of forward) {
    if (operands.length === 0 || !(op.cheap || op.again)) continue;
    const depth = operands.reduce((most, one) => Math.max(most, 1 + (depths.get(one) ?? 0)), 1);
    if (depth <= deepest) depths.set(results[0]!, depth);
  }
  return new Set(depths.keys());
}

/**
 * The values that a step keeps of its forward pass so that all of `wanted` can be made from them by cheap operations, of the
 * fewest elements: a minimum cut, as in torch.compile's partitioner. What is not `isLarge` is kept anyway and not among them.
 */
export function keptValues(
  forward: readonly Node[],
  wanted: Iterable<Value>,
  elements: (value: Value) => number,
  isLarge: (value: Value) => boolean,
): ReadonlySet<Value> {
  const cheap = cheapAmong(forward);
  const numbers = new Map<Value, number>();
  const [values, edges, sources]: [Value[], [number, number][], number[]] = [[], [], []];
  for (const { operands, results } of forward) {
    for (const value of results.filter(isLarge)) {
      const number = values.push(value) - 1;
      numbers.set(value, number);
      if (!cheap.has(value)) sources.push(number);
      else
        for (const operand of operands) {
          const from = numbers.get(operand);
          if (from !== undefined) edges.push([from, number]);
        }
    }
  }
  const sinks = new Set<number>();
  for (const value of wanted) {
    const number = numbers.get(value);
    if (number !== undefined) sinks.add(number);
  }
  const cut = minimumCut({ costs: values.map(elements), edges, sources, sinks: [...sinks] });
  return new Set(cut.map((number) => values[number]!));
}
