import { definitionOf } from '../ops/registry.js';
import { type Extents, evaluateShape, fixedValue } from '../shapes/size.js';
import { bindSymbols } from './bindings.js';
import type { Graph, Value, Variable } from './graph.js';

export interface Cost {
  /** Numbers that are trained, each counted once however often it is used. */
  readonly parameters: number;
  /** Numbers that are kept but not trained: batch norm's moments. */
  readonly state: number;
  /** Of convolutions, for one image. */
  readonly multiplyAdds: number;
  readonly operations: number;
}

const elements = (shape: Extents): number => shape.reduce((a, b) => a * b, 1);

/** What a model costs for one image of `height` x `width`. Throws `BindingError` for a size it is not defined for. */
export function costOf(graph: Graph, size: { height: number; width: number }): Cost {
  const extents = Object.fromEntries(
    graph.inputs.map(({ name, value: { type } }) => {
      const symbolic = [1, size.height, size.width];
      return [name, type.shape.map((axis, i) => fixedValue(axis) ?? symbolic[i])];
    }),
  );
  const bindings = bindSymbols(graph, extents);
  const shapeOf = (value: Value): Extents => evaluateShape(value.type.shape, bindings);
  const sizeOfKind = (kind: Variable['kind']): number =>
    graph.variables
      .filter((variable) => variable.kind === kind)
      .reduce((sum, { value }) => sum + elements(shapeOf(value)), 0);
  const multiplyAdds = graph.nodes.reduce((sum, node) => {
    const { multiplyAdds: count } = definitionOf(node);
    const [operands, results] = [node.operands.map(shapeOf), node.results.map(shapeOf)];
    return sum + (count?.(operands, node.attributes, results) ?? 0);
  }, 0);
  return {
    parameters: sizeOfKind('weight'),
    state: sizeOfKind('moment'),
    multiplyAdds,
    operations: graph.nodes.length,
  };
}
