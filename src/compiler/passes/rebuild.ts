import { GraphBuilder } from '../graph/builder.js';
import type { Graph, Node, Value } from '../graph/graph.js';
import { definitionOf } from '../ops/registry.js';

/**
 * What takes the place of a node's results, or undefined to keep the node. The node has its new operands already;
 * what is built for it has its origin.
 */
export type Replace = (b: GraphBuilder, node: Node) => readonly Value[] | undefined;

/** A builder that holds `graph` again, node by node through `replace`. Inputs, variables, outputs and updates stay. */
export function rebuild(graph: Graph, replace: Replace, name = graph.name): GraphBuilder {
  const b = new GraphBuilder(name);
  const news = new Map<Value, Value>();
  const renewed = (value: Value): Value => news.get(value)!;
  for (const input of graph.inputs) news.set(input.value, b.input(input.name, input.value.type));
  for (const { path, kind, initial, value } of graph.variables) {
    news.set(value, b.variable(path, kind, value.type, initial));
  }
  for (const old of graph.nodes) {
    const node = { ...old, operands: old.operands.map(renewed) };
    const results = b.withOrigin(
      node.origin,
      () => replace(b, node) ?? b.apply(definitionOf(node), node.operands, node.attributes),
    );
    old.results.forEach((result, i) => {
      news.set(result, results[i]);
    });
  }
  for (const output of graph.outputs) b.output(output.name, renewed(output.value));
  for (const update of graph.updates) b.update(update.path, renewed(update.value));
  return b;
}
