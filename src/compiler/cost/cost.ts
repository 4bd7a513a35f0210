import type { Graph, Node, Value, Variable } from '../ir/graph.js';
import {
  type Bindings,
  type Extents,
  evaluateShape,
  fixedValue,
  type ImageSize,
} from '../sizes/size.js';
import { bindSymbols } from '../solve/bindings.js';

export interface Cost {
  /** Numbers that are trained, each counted once however often it is used. */
  readonly parameters: number;
  /** Numbers that are kept but not trained: batch norm's moments. */
  readonly state: number;
  /** Of convolutions, for one image. */
  readonly multiplyAdds: number;
  readonly operations: number;
}

/**
 * What the symbols stand for with `batch` images of a size. Throws `BindingError` for a size the graph is not defined
 * for.
 */
export function bindingsAt(graph: Graph, { height, width }: ImageSize, batch = 1): Bindings {
  const symbolic = [batch, height, width];
  const extents = Object.fromEntries(
    graph.inputs.map(({ name, value: { type } }) => [
      name,
      type.shape.map((axis, i) => fixedValue(axis) ?? symbolic[i]!),
    ]),
  );
  return bindSymbols(graph, extents);
}

/** Multiply-adds of one node; 0 for what is no convolution. */
export function multiplyAddsOf(node: Node, bindings: Bindings): number {
  const { multiplyAdds } = node.op;
  if (!multiplyAdds) return 0;
  const shapes = (values: readonly Value[]): Extents[] =>
    values.map(({ type }) => evaluateShape(type.shape, bindings));
  return multiplyAdds(shapes(node.operands), node.attributes, shapes(node.results));
}

/** How many numbers a variable holds. */
export const elementsOf = ({ value }: Variable): number =>
  evaluateShape(value.type.shape, {}).reduce((a, b) => a * b, 1);

/** What a model costs whatever the size of its images. */
export function sizelessCostOf(graph: Graph): Omit<Cost, 'multiplyAdds'> {
  const elementsOfKind = (kind: Variable['kind']): number =>
    graph.variables
      .filter((variable) => variable.kind === kind)
      .reduce((sum, variable) => sum + elementsOf(variable), 0);
  return {
    parameters: elementsOfKind('weight'),
    state: elementsOfKind('moment'),
    operations: graph.nodes.length,
  };
}

/** What a model costs for one image of `height` x `width`. Throws `BindingError` for a size it is not defined for. */
export function costOf(graph: Graph, size: ImageSize): Cost {
  const bindings = bindingsAt(graph, size);
  const multiplyAdds = graph.nodes.reduce((sum, node) => sum + multiplyAddsOf(node, bindings), 0);
  const { parameters, state, operations } = sizelessCostOf(graph);
  return { parameters, state, multiplyAdds, operations };
}
