import type { Graph, Node, Value } from './graph.js';

/** What the outputs and updates depend on: a variable that is only updated counts as reached. */
export function reachedBy(graph: Graph): {
  readonly values: ReadonlySet<Value>;
  readonly nodes: ReadonlySet<Node>;
} {
  const values = new Set<Value>([...graph.outputs, ...graph.updates].map(({ value }) => value));
  const updated = new Set(graph.updates.map(({ path }) => path));
  for (const { path, value } of graph.variables) if (updated.has(path)) values.add(value);
  const nodes = new Set<Node>();
  for (const node of graph.nodes.toReversed()) {
    if (!node.results.some((result) => values.has(result))) continue;
    nodes.add(node);
    for (const operand of node.operands) values.add(operand);
  }
  return { values, nodes };
}

/** `graph` without what nothing reaches, its values numbered 0, 1, ...: inputs, variables, then nodes. */
export function renumbered(graph: Graph): Graph {
  const { values, nodes } = reachedBy(graph);
  const news = new Map<Value, Value>();
  const define = (value: Value): Value => {
    const defined = { id: news.size, type: value.type };
    news.set(value, defined);
    return defined;
  };
  const use = (value: Value): Value => {
    const defined = news.get(value);
    if (!defined) throw new Error(`%${value.id} is used in ${graph.name} before it is defined`);
    return defined;
  };
  const used = <T extends { readonly value: Value }>(item: T): T => ({
    ...item,
    value: use(item.value),
  });
  return {
    name: graph.name,
    symbols: graph.symbols,
    inputs: graph.inputs.map((input) => ({ ...input, value: define(input.value) })),
    variables: graph.variables
      .filter(({ value }) => values.has(value))
      .map((variable) => ({ ...variable, value: define(variable.value) })),
    nodes: graph.nodes
      .filter((node) => nodes.has(node))
      .map((node) => ({
        ...node,
        operands: node.operands.map(use),
        results: node.results.map(define),
      })),
    outputs: graph.outputs.map(used),
    updates: graph.updates.map(used),
  };
}
