import type { Graph, Value } from '../../ir/graph.js';

/** Operations whose result is their first operand under another name. */
const aliases = new Set(['after', 'reshape']);

/**
 * The most that the values of `graph` take at once when its nodes are computed in order, each from its node to its last use;
 * outputs stay to the end. Inputs and variables do not count, nor updates, which are written over variables.
 */
export function livePeak(graph: Graph, sizeOf: (value: Value) => number): number {
  const { nodes, outputs, updates } = graph;
  const held = new Map<Value, Value>();
  const holder = (value: Value): Value => held.get(value) ?? value;
  const lastUse = new Map<Value, number>();
  nodes.forEach(({ op, operands, results }, i) => {
    if (aliases.has(op.name)) held.set(results[0]!, holder(operands[0]!));
    for (const value of [...operands, ...results]) lastUse.set(holder(value), i);
  });
  for (const { value } of outputs) lastUse.set(holder(value), nodes.length);
  const updated = new Set(updates.map(({ value }) => value));
  const alive = new Set<Value>();
  let [size, peak] = [0, 0];
  nodes.forEach(({ operands, results }, i) => {
    for (const result of results) {
      if (held.has(result) || updated.has(result)) continue;
      alive.add(result);
      size += sizeOf(result);
    }
    peak = Math.max(peak, size);
    for (const value of new Set([...operands, ...results].map(holder)))
      if (lastUse.get(value) === i && alive.delete(value)) size -= sizeOf(value);
  });
  return peak;
}
