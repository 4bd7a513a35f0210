import { definitionOf } from '../ops/registry.js';
import { type Bindings, type Extents, evaluateShape, fixedValue } from '../shapes/size.js';
import { bindSymbols } from './bindings.js';
import type { Graph, Node, Value, Variable } from './graph.js';

export interface Cost {
  /** Numbers that are trained, each counted once however often it is used. */
  readonly parameters: number;
  /** Numbers that are kept but not trained: batch norm's moments. */
  readonly state: number;
  /** Of convolutions, for one image. */
  readonly multiplyAdds: number;
  readonly operations: number;
}

interface ImageSize {
  readonly height: number;
  readonly width: number;
}

/** What the symbols stand for with one image of a size. Throws `BindingError` for a size the graph is not defined for. */
export function bindingsAt(graph: Graph, { height, width }: ImageSize): Bindings {
  const symbolic = [1, height, width];
  const extents = Object.fromEntries(
    graph.inputs.map(({ name, value: { type } }) => [
      name,
      type.shape.map((axis, i) => fixedValue(axis) ?? symbolic[i]),
    ]),
  );
  return bindSymbols(graph, extents);
}

/** Multiply-adds of one node; 0 for what is no convolution. */
export function multiplyAddsOf(node: Node, bindings: Bindings): number {
  const { multiplyAdds } = definitionOf(node);
  if (!multiplyAdds) return 0;
  const shapes = (values: readonly Value[]): Extents[] =>
    values.map(({ type }) => evaluateShape(type.shape, bindings));
  return multiplyAdds(shapes(node.operands), node.attributes, shapes(node.results));
}

/** How many numbers a variable holds. */
export const elementsOf = ({ value }: Variable): number =>
  evaluateShape(value.type.shape, {}).reduce((a, b) => a * b, 1);

/** What a model costs for one image of `height` x `width`. Throws `BindingError` for a size it is not defined for. */
export function costOf(graph: Graph, size: ImageSize): Cost {
  const bindings = bindingsAt(graph, size);
  const elementsOfKind = (kind: Variable['kind']): number =>
    graph.variables
      .filter((variable) => variable.kind === kind)
      .reduce((sum, variable) => sum + elementsOf(variable), 0);
  return {
    parameters: elementsOfKind('weight'),
    state: elementsOfKind('moment'),
    multiplyAdds: graph.nodes.reduce((sum, node) => sum + multiplyAddsOf(node, bindings), 0),
    operations: graph.nodes.length,
  };
}

/** What the instance at a path and all inside it cost. */
export interface InstanceCost extends Cost {
  /** Empty for the model itself. */
  readonly path: string;
}

/** `costOf`, for each path of the graph: instances and steps of loops, in the order in which they are met. */
export function costByPath(graph: Graph, size: ImageSize): readonly InstanceCost[] {
  const bindings = bindingsAt(graph, size);
  const costs = new Map<string, { -readonly [K in keyof InstanceCost]: InstanceCost[K] }>();
  const add = (path: string, part: Partial<Cost>): void => {
    for (const at of prefixesOf(path)) {
      const nothing = { path: at, parameters: 0, state: 0, multiplyAdds: 0, operations: 0 };
      const cost = costs.get(at) ?? nothing;
      cost.parameters += part.parameters ?? 0;
      cost.state += part.state ?? 0;
      cost.multiplyAdds += part.multiplyAdds ?? 0;
      cost.operations += part.operations ?? 0;
      costs.set(at, cost);
    }
  };
  for (const node of graph.nodes) {
    add(node.origin?.path ?? '', { multiplyAdds: multiplyAddsOf(node, bindings), operations: 1 });
  }
  for (const variable of graph.variables) {
    const instance = variable.path.slice(0, variable.path.lastIndexOf('/'));
    const elements = elementsOf(variable);
    if (variable.kind === 'weight') add(instance, { parameters: elements });
    else if (variable.kind === 'moment') add(instance, { state: elements });
  }
  return [...costs.values()];
}

/** `''`, `a`, `a/b` for `a/b`. */
function prefixesOf(path: string): readonly string[] {
  const parts = path === '' ? [] : path.split('/');
  return ['', ...parts.map((_, i) => parts.slice(0, i + 1).join('/'))];
}
