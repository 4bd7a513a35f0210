import type { Graph, Node, Value } from './graph.js';

/** The most that values take at one time. */
export interface Peak {
  /** In the unit of the sizes that were given. */
  readonly bytes: number;
  /** What of it are results of each node; a node that has none is left out. */
  readonly held: ReadonlyMap<Node, number>;
}

/** Operations whose result is their first operand under another name. */
const aliases = new Set(['after', 'reshape']);

/**
 * When the nodes are computed in order and each value lives from its node to its last use; outputs stay to the end. Inputs and
 * variables do not count, nor the new value of a variable, which takes the place of the old one.
 */
export function peakOf(graph: Graph, bytesOf: (value: Value) => number): Peak {
  const { nodes, updates } = graph;
  const { holder, lastUse } = livesOf(graph);
  const assigned = new Set(updates.map(({ value }) => value));
  const counted = nodes.map(({ results }) =>
    results.flatMap((value) =>
      assigned.has(value) || holder(value) !== value
        ? []
        : [{ bytes: bytesOf(value), end: lastUse.get(value)! }],
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

/** Which value holds what a value says, and the place of the last node that reads or makes it. */
function livesOf({ nodes, outputs }: Graph): {
  readonly holder: (value: Value) => Value;
  readonly lastUse: ReadonlyMap<Value, number>;
} {
  const held = new Map<Value, Value>();
  const holder = (value: Value): Value => held.get(value) ?? value;
  const lastUse = new Map<Value, number>();
  nodes.forEach(({ op, operands, results }, i) => {
    if (aliases.has(op.name)) held.set(results[0]!, holder(operands[0]!));
    for (const value of [...operands, ...results]) lastUse.set(holder(value), i);
  });
  for (const { value } of outputs) lastUse.set(holder(value), nodes.length);
  return { holder, lastUse };
}
