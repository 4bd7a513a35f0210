import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { idLimit, mapped } from '../ir/reach.js';

/**
 * What takes the place of a node's results, with the same types, or undefined to keep the node. The node has its new
 * operands already; what is built for it has its origin and phase.
 */
export type Replace = (b: GraphBuilder, node: Node) => readonly Value[] | undefined;

/**
 * A builder that holds `graph` again, node by node through `replace`. Inputs, variables, outputs and updates stay, and so
 * do the values, and the nodes on whose operands no replacement bears.
 */
export function rebuild(graph: Graph, replace: Replace, name = graph.name): GraphBuilder {
  const b = GraphBuilder.onValuesOf(graph, name);
  const replaced = new Array<Value | undefined>(idLimit(graph));
  const renewed = (value: Value): Value => replaced[value.id] ?? value;
  for (const old of graph.nodes) {
    const node = withOperands(old, mapped(old.operands, renewed));
    const replacement = b.inPlaceOf(node, () => replace(b, node));
    if (!replacement) b.keep(node);
    else {
      node.results.forEach(({ id }, i) => {
        replaced[id] = replacement[i]!;
      });
    }
  }
  for (const output of graph.outputs) b.output(output.name, renewed(output.value));
  for (const update of graph.updates) b.update(update.path, renewed(update.value));
  return b;
}

const withOperands = (node: Node, operands: readonly Value[]): Node => {
  const { op, attributes, results, origin, phase, tower } = node;
  return operands === node.operands
    ? node
    : { op, operands, attributes, results, origin, phase, tower };
};
