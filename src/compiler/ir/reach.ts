import type { Graph, Node, Value } from './graph.js';

/** A number above the ids of all values of `graph`; ids are dense, so that a table over values is an array this long. */
export function idLimit({ inputs, variables, nodes }: Graph): number {
  let limit = 0;
  for (const { value } of inputs) limit = Math.max(limit, value.id + 1);
  for (const { value } of variables) limit = Math.max(limit, value.id + 1);
  for (const { results } of nodes) for (const { id } of results) if (id >= limit) limit = id + 1;
  return limit;
}

/** Which values, and which nodes by their results, something depends on. */
export interface Reached {
  value(value: Value): boolean;
  node(node: Node): boolean;
}

/** What the outputs and updates depend on: a variable that is only updated counts as reached. */
export function reachedBy(graph: Graph, limit = idLimit(graph)): Reached {
  const reached = new Uint8Array(limit);
  const reach = ({ id }: Value): void => {
    reached[id] = 1;
  };
  const value = ({ id }: Value): boolean => reached[id] === 1;
  const node = ({ results }: Node): boolean => results.some(value);
  for (const output of graph.outputs) reach(output.value);
  for (const update of graph.updates) reach(update.value);
  const updated = new Set(graph.updates.map(({ path }) => path));
  for (const variable of graph.variables) if (updated.has(variable.path)) reach(variable.value);
  for (let i = graph.nodes.length - 1; i >= 0; i--) {
    const each = graph.nodes[i]!;
    if (node(each)) each.operands.forEach(reach);
  }
  return { value, node };
}

/** `items` through `map`, and `items` itself where that changes none: what stays as it was is not held twice. */
export function mapped<T>(items: readonly T[], map: (item: T) => T): readonly T[] {
  const news = items.map(map);
  return news.every((item, i) => item === items[i]) ? items : news;
}

/**
 * `graph` without what nothing reaches, its values numbered 0, 1, ...: inputs, variables, then nodes. A value that has its
 * number already, and a node of none but such values, is the one of `graph`.
 */
export function renumbered(graph: Graph): Graph {
  const limit = idLimit(graph);
  const reached = reachedBy(graph, limit);
  const news = new Array<Value | undefined>(limit);
  let count = 0;
  const define = (value: Value): Value => {
    const defined = value.id === count ? value : { id: count, type: value.type };
    count++;
    news[value.id] = defined;
    return defined;
  };
  const use = ({ id }: Value): Value => {
    const defined = news[id];
    if (!defined) throw new Error(`%${id} is used in ${graph.name} before it is defined`);
    return defined;
  };
  const renew = (node: Node): Node => {
    const operands = mapped(node.operands, use);
    const results = mapped(node.results, define);
    if (operands === node.operands && results === node.results) return node;
    const { op, attributes, origin, phase, tower } = node;
    return { op, operands, attributes, results, origin, phase, tower };
  };
  // Written out and not spread, which takes most of the time of a graph of thousands.
  return {
    name: graph.name,
    symbols: graph.symbols,
    inputs: graph.inputs.map(({ name, value }) => ({ name, value: define(value) })),
    variables: graph.variables
      .filter(({ value }) => reached.value(value))
      .map(({ path, kind, initial, value }) => ({ path, kind, initial, value: define(value) })),
    nodes: graph.nodes.filter(reached.node).map(renew),
    outputs: graph.outputs.map(({ name, value }) => ({ name, value: use(value) })),
    updates: graph.updates.map(({ path, value }) => ({ path, value: use(value) })),
  };
}

/** What computes one output of `graph`, and no more; its inputs stay. */
export const cutAt = (graph: Graph, output: string): Graph =>
  renumbered({
    ...graph,
    outputs: graph.outputs.filter(({ name }) => name === output),
    updates: [],
  });
