import type { Graph, Value } from '../../../compiler/ir/graph.js';

/** By node, the values that nothing after it reads: those it used last and those of its own that are never used. */
export function lastReadAt(graph: Graph): readonly (readonly Value[])[] {
  const ends = new Map<Value['id'], number>();
  const values = new Map<Value['id'], Value>();
  const see = (value: Value, node: number): void => {
    values.set(value.id, value);
    ends.set(value.id, node);
  };
  graph.nodes.forEach(({ operands, results }, i) => {
    for (const value of [...operands, ...results]) see(value, i);
  });
  for (const { value } of [...graph.outputs, ...graph.updates]) ends.delete(value.id);
  const released: Value[][] = graph.nodes.map(() => []);
  for (const [id, node] of ends) released[node]!.push(values.get(id)!);
  return released;
}
