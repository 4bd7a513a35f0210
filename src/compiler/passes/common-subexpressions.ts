import type { Graph, Node, Value } from '../ir/graph.js';
import { printAttribute } from '../ir/print.js';
import { rebuild } from './rebuild.js';

/**
 * Computes once what is written more than once: nodes of one operation, with equal operands and attributes. All
 * operations are functions of these, the dropout mask too, so that origins do not matter.
 */
export function commonSubexpressions(graph: Graph): Graph {
  const known = new Map<string, readonly Value[]>();
  const numberOf = numbering();
  return rebuild(graph, (_, node) => {
    const key = [numberOf(configurationOf(node)), ...node.operands.map(({ id }) => id)].join();
    const same = known.get(key);
    if (!same) known.set(key, node.results);
    return same;
  }).finish(graph.symbols);
}

/** The operation and its attributes, of which a network has a few dozen different ones. */
function configurationOf({ op, attributes }: Node): string {
  const names = Object.keys(attributes).sort();
  return [op.name, ...names.map((name) => `${name} = ${printAttribute(attributes[name]!)}`)].join(
    ' ',
  );
}

/** A number for each different text, which makes the keys of thousands of nodes short. */
function numbering(): (text: string) => number {
  const numbers = new Map<string, number>();
  return (text) => {
    const number = numbers.get(text) ?? numbers.size;
    numbers.set(text, number);
    return number;
  };
}
