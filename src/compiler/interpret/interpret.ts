import type { Graph, Node, Value } from '../ir/graph.js';
import type { Tensor } from '../ops/values.js';
import { type Bindings, evaluateShape } from '../sizes/size.js';
import { bindSymbols } from '../solve/bindings.js';

export type Tensors = Readonly<Record<string, Tensor>>;

export interface Feeds {
  /** By input name. */
  readonly inputs: Tensors;
  /** By path; those of other functions may be among them. */
  readonly variables: Tensors;
}

/** What a call gives. */
export interface Fetches {
  readonly outputs: Tensors;
  /** New values by path; a variable that is not here keeps its value. */
  readonly updates: Tensors;
}

/** A node's results by the float64 reference of its operation. */
export function evaluateNode(
  node: Node,
  operands: readonly Tensor[],
  bindings: Bindings,
): readonly Tensor[] {
  const extents = node.results.map(({ type }) => evaluateShape(type.shape, bindings));
  return node.op.evaluate(operands, node.attributes, extents);
}

/**
 * Runs `graph` in float64: what it means, and what the engines are held to.
 * Throws `BindingError` on inputs that do not fit, and `Error` on a variable without a value.
 */
export function interpret(graph: Graph, { inputs, variables }: Feeds): Fetches {
  const extents = Object.entries(inputs).map(([name, { shape }]) => [name, shape]);
  const bindings = bindSymbols(graph, Object.fromEntries(extents));
  const values = new Map<Value, Tensor>();
  for (const { name, value } of graph.inputs) values.set(value, inputs[name]!);
  for (const { path, value } of graph.variables) {
    if (!variables[path]) throw new Error(`the variable ${path} has no value`);
    values.set(value, variables[path]);
  }
  const found = (value: Value): Tensor => values.get(value)!;
  for (const node of graph.nodes) {
    const results = evaluateNode(node, node.operands.map(found), bindings);
    node.results.forEach((result, i) => {
      values.set(result, results[i]!);
    });
  }
  return {
    outputs: Object.fromEntries(graph.outputs.map(({ name, value }) => [name, found(value)])),
    updates: Object.fromEntries(graph.updates.map(({ path, value }) => [path, found(value)])),
  };
}
