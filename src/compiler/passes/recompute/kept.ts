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

/** The longest chain of operations that one value is made again by. */
const deepest = 32;

/** Whether the `i`-th result of `node` can be made again from its operands for little more than reading them. */
const isCheap = ({ op, operands }: Node, i: number): boolean =>
  i === 0 && operands.length > 0 && (op.cheap === true || op.again !== undefined);

/**
 * The values of the forward pass that a step keeps so that all that the backward pass reads can be made from them by cheap
 * operations, of the fewest elements: a minimum cut, as in torch.compile's partitioner. What has `elements` below `small` is kept
 * anyway and not among them.
 */
export function keptValues(
  { forward, backward }: Halves,
  elements: (value: Value) => number,
  small: number,
): ReadonlySet<Value> {
  const numbers = new Map<Value, number>();
  const depths = new Map<Value, number>();
  const [values, edges, sources]: [Value[], [number, number][], number[]] = [[], [], []];
  const isLarge = (value: Value): boolean => elements(value) >= small;
  for (const node of forward) {
    node.results.forEach((value, i) => {
      if (!isLarge(value)) return;
      const number = values.push(value) - 1;
      numbers.set(value, number);
      const froms = node.operands.filter(isLarge);
      const depth = 1 + Math.max(0, ...froms.map((from) => depths.get(from) ?? 0));
      if (!isCheap(node, i) || depth > deepest) {
        sources.push(number);
        return;
      }
      depths.set(value, depth);
      for (const operand of froms) {
        const from = numbers.get(operand);
        if (from !== undefined) edges.push([from, number]);
      }
    });
  }
  const read = new Set(backward.flatMap(({ operands }) => operands.map((o) => numbers.get(o))));
  const sinks = [...read].filter((number) => number !== undefined);
  const cut = minimumCut({ costs: values.map(elements), edges, sources, sinks });
  return new Set(cut.map((number) => values[number]!));
}
