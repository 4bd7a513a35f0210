import type { Graph, Node } from '../ir/graph.js';
import { baseOf, wholeFor } from '../sizes/rounded.js';
import { evaluateSize, type Size } from '../sizes/size.js';

/** The first operation that a number in place of a symbol leaves without a size. */
export interface SizeFailure {
  readonly node: Node;
  /** What it would make, and what that is in numbers: no whole number, or less than 1. */
  readonly size: Size;
  readonly value: number;
  /** What reaches it along the same axis. */
  readonly arrives: { readonly size: Size; readonly value: number } | null;
}

/** Where `graph` fails with `value` for `symbol`, which stands at `axis` of an input; undefined where it fits. */
export function failureAt(
  graph: Pick<Graph, 'nodes'>,
  symbol: string,
  axis: number,
  value: number,
): SizeFailure | undefined {
  const bindings = { [symbol]: value };
  for (const node of graph.nodes) {
    const size = sizesOf(node).find((each) => {
      if (baseOf(each) !== symbol) return false;
      const n = evaluateSize(each, bindings);
      return !Number.isInteger(n) || n < 1;
    });
    if (!size) continue;
    const before = node.operands[0]?.type.shape[axis];
    const arrives =
      before && baseOf(before) === symbol
        ? { size: before, value: evaluateSize(before, bindings) }
        : null;
    return { node, size, value: evaluateSize(size, bindings), arrives };
  }
  return undefined;
}

/** The sizes of the results, then what else has to be whole for them. */
function sizesOf(node: Node): readonly Size[] {
  const demanded: Size[] = [];
  const types = node.operands.map(({ type }) => type);
  node.op.infer(types, node.attributes, (size) => demanded.push(...wholeFor(size)));
  return [...node.results.flatMap(({ type }) => type.shape), ...demanded];
}
