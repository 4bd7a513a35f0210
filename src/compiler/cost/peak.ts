import type { Graph, Node, Value } from '../ir/graph.js';

/** The most bytes that are alive at one time. */
export interface Peak {
  readonly bytes: number;
  /** Those of them that are results of each node; a node that has none is left out. */
  readonly held: ReadonlyMap<Node, number>;
}

/**
 * When the nodes are computed in order and each value lives from its operation to its last use; outputs stay to the end. The new
 * value of a variable takes the place of the old one and is not counted.
 */
export function peakOf(graph: Graph, bytesOf: (value: Value) => number): Peak {
  const { nodes, outputs, updates } = graph;
  const lastUse = new Map<Value, number>();
  nodes.forEach(({ operands, results }, i) => {
    for (const value of [...operands, ...results]) lastUse.set(value, i);
  });
  for (const { value } of outputs) lastUse.set(value, nodes.length);
  const assigned = new Set(updates.map(({ value }) => value));
  const counted = nodes.map(({ results }) =>
    results.flatMap((value) =>
      assigned.has(value) ? [] : [{ bytes: bytesOf(value), end: lastUse.get(value)! }],
    ),
  );
  const freed = new Array<number>(nodes.length + 1).fill(0);
  let [bytes, peak, at] = [0, 0, 0];
  counted.forEach((results, i) => {
    for (const result of results) {
      bytes += result.bytes;
      freed[result.end]! += result.bytes;
    }
    if (bytes > peak) [peak, at] = [bytes, i];
    bytes -= freed[i]!;
  });
  const held = new Map<Node, number>();
  counted.slice(0, at + 1).forEach((results, i) => {
    const alive = results.filter(({ end }) => end >= at).reduce((sum, one) => sum + one.bytes, 0);
    if (alive > 0) held.set(nodes[i]!, alive);
  });
  return { bytes: peak, held };
}
