import { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, Value } from '../ir/graph.js';
import { abs } from '../ops/elementwise/abs.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { sumOfAll } from './losses/means.js';

/** Magnitudes from here on are taken for infinite: next to the greatest of float32. */
const greatest = 3.4e38;

/** An output that counts what is not finite of a node's result. */
export interface Probe {
  readonly output: string;
  readonly node: Node;
}

/**
 * A function that computes what `graph` does and gives in place of its outputs, for each result of each node in order, how many of its
 * numbers are NaN or infinite. It changes no variable.
 */
export function withProbes(graph: Graph): {
  readonly graph: Graph;
  readonly probes: readonly Probe[];
} {
  const b = GraphBuilder.onValuesOf(graph, graph.name);
  const probes: Probe[] = [];
  const { add, neg, step } = arithmetic(b);
  const count = (value: Value): Value => {
    // Of a NaN nothing is above 0.
    const held = step(add(neg(b.apply(abs, [value], {})[0]), greatest));
    const isNot = add(neg(held), 1);
    return value.type.shape.length === 0 ? isNot : sumOfAll(b, isNot);
  };
  for (const node of graph.nodes) {
    b.keep(node);
    b.inPlaceOf(node, () => {
      for (const value of node.results.filter(({ type }) => type.dtype === 'float')) {
        const output = `notFinite/${probes.length}`;
        b.output(output, count(value));
        probes.push({ output, node });
      }
    });
  }
  return { graph: b.finish(graph.symbols), probes };
}
