import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { idLimit } from '../ir/reach.js';

/**
 * What takes the place of a node's results, with the same types, or undefined to keep the node. The node has its new
 * operands already; what is built for it has its origin and phase.
 */
export type Replace = (b: GraphBuilder, node: Node) => readonly Value[] | undefined;

/** A builder that holds `graph` again, node by node through `replace`. Inputs, variables, outputs and updates stay. */
export function rebuild(graph: Graph, replace: Replace, name = graph.name): GraphBuilder {
  const b = new GraphBuilder(name);
  const news = new Array<Value>(idLimit(graph));
  const renewed = ({ id }: Value): Value => news[id]!;
  for (const input of graph.inputs) {
    news[input.value.id] = b.input(input.name, input.value.type);
  }
  for (const { path, kind, initial, value } of graph.variables) {
    news[value.id] = b.variable(path, kind, value.type, initial);
  }
  for (const { op, operands, attributes, results, origin, phase } of graph.nodes) {
    const node = { op, operands: operands.map(renewed), attributes, results, origin, phase };
    const replaced = b.inPlaceOf(node, () => replace(b, node)) ?? b.copy(node);
    results.forEach(({ id }, i) => {
      news[id] = replaced[i]!;
    });
  }
  for (const output of graph.outputs) b.output(output.name, renewed(output.value));
  for (const update of graph.updates) b.update(update.path, renewed(update.value));
  return b;
}
