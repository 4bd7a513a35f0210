import { bindingsAt } from '../../cost/cost.js';
import { usualSizeOf } from '../../cost/usual-size.js';
import type { Graph, Value } from '../../ir/graph.js';
import { evaluateShape } from '../../sizes/size.js';
import { BindingError } from '../../solve/bindings.js';

/** How many pixels a map has in an image of the usual size; 1 of what is no map, and of all where the model takes no such image. */
export function pixelsIn(graph: Graph): (value: Value) => number {
  try {
    const bindings = bindingsAt(graph, usualSizeOf(graph));
    return ({ type: { shape } }) => {
      const [, height = 1, width = 1] = evaluateShape(shape, bindings);
      return shape.length === 4 ? Math.max(1, height * width) : 1;
    };
  } catch (error) {
    if (error instanceof BindingError) return () => 1;
    throw error;
  }
}

/** Halvings from one map to another: 1 from `[N, H, W, 8]` to `[N, H/2, W/2, 8]`. A few pixels that a border takes are none. */
export const halvings = (from: number, to: number): number => Math.round(Math.log2(from / to) / 2);
