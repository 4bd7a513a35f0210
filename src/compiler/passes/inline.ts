import type { GraphBuilder } from '../ir/builder.js';
import type { Attribute, Graph, Node, Value } from '../ir/graph.js';
import { idLimit } from '../ir/reach.js';
import type { Attributes } from '../ops/values.js';
import { type Bindings, evaluateSize, fixed, type Size } from '../sizes/size.js';

/**
 * Adds `graph` behind what `b` holds: its inputs are the values of `inputs`, its variables and outputs are `b`'s from
 * then on. Symbols in `sizes` stand for these numbers in it; types are inferred anew. Its updates are not taken over.
 */
export function inline(
  b: GraphBuilder,
  graph: Graph,
  inputs: Readonly<Record<string, Value>>,
  sizes: Bindings = {},
): void {
  const news = new Array<Value>(idLimit(graph));
  const renewed = ({ id }: Value): Value => news[id]!;
  for (const { name, value } of graph.inputs) news[value.id] = inputs[name]!;
  for (const { path, kind, initial, value } of graph.variables) {
    news[value.id] = b.variable(path, kind, value.type, initial);
  }
  for (const node of graph.nodes) {
    const operands = node.operands.map(renewed);
    const attributes = withSizes(node, sizes);
    b.apply(node.op, operands, attributes, node.origin).forEach((result, i) => {
      news[node.results[i]!.id] = result;
    });
  }
  for (const { name, value } of graph.outputs) b.output(name, renewed(value));
}

function withSizes(node: Node, sizes: Bindings): Attributes {
  const kinds = node.op.attributes;
  const entries = Object.entries(node.attributes).map(([name, attribute]) => [
    name,
    kinds[name] === 'sizes' ? bound(attribute, sizes) : attribute,
  ]);
  return Object.fromEntries(entries);
}

const bound = (attribute: Attribute, sizes: Bindings): readonly Size[] =>
  (attribute as readonly Size[]).map((size) =>
    size.symbol !== null && size.symbol in sizes ? fixed(evaluateSize(size, sizes)) : size,
  );
