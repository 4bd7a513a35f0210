import type { Graph, Value } from '../../ir/graph.js';
import { sizeOf } from '../../ops/values.js';
import { type Bindings, evaluateShape, fixedValue, type ImageSize } from '../../sizes/size.js';
import { BindingError, bindSymbols } from '../../solve/bindings.js';
import { nearestTaken } from '../../solve/nearest.js';

const typical: ImageSize = { height: 256, width: 256 };

/**
 * How many elements a value has for one image of a typical size, by which values are compared before anyone has named a
 * size. Undefined where the inputs take no images of one size.
 */
export function typicalElements(graph: Graph): ((value: Value) => number) | undefined {
  const bindings = typicalBindings(graph);
  return bindings && (({ type }) => sizeOf(evaluateShape(type.shape, bindings)));
}

function typicalBindings(graph: Graph): Bindings | undefined {
  const images = graph.inputs.filter(({ value }) => value.type.shape.length === 4);
  const size = nearestTaken([{ ...graph, inputs: images }], typical);
  if (!size) return undefined;
  const places = [1, size.height, size.width];
  const extents = graph.inputs.map(({ name, value: { type } }) => [
    name,
    type.shape.map((one, axis) => fixedValue(one) ?? places[axis]!),
  ]);
  try {
    return bindSymbols(graph, Object.fromEntries(extents));
  } catch (error) {
    if (error instanceof BindingError) return undefined;
    throw error;
  }
}
