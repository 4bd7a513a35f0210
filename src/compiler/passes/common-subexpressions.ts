import type { Graph, Node, Value } from '../ir/graph.js';
import { printAttribute } from '../ir/print.js';
import { rebuild } from './rebuild.js';

/**
 * Computes once what is written more than once: nodes of one operation, with equal operands and attributes. All
 * operations are functions of these, the dropout mask too, so that origins do not matter.
 */
export function commonSubexpressions(graph: Graph): Graph {
  const known = new Map<string, readonly Value[]>();
  return rebuild(graph, (b, node) => {
    const key = keyOf(node);
    const results = known.get(key) ?? b.copy(node);
    known.set(key, results);
    return results;
  }).finish(graph.symbols);
}

function keyOf({ op, operands, attributes }: Node): string {
  const names = Object.keys(attributes).sort();
  return [
    op.name,
    ...operands.map(({ id }) => `%${id}`),
    ...names.map((name) => `${name} = ${printAttribute(attributes[name]!)}`),
  ].join(' ');
}
