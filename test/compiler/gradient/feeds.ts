import type { Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { initialValues } from '../../../src/compiler/ir/initial-values.js';
import { evaluateShape } from '../../../src/compiler/sizes/size.js';
import { listed } from '../ops/cases/case.js';

export const scalar = (value: number) => ({ shape: [], data: Float64Array.of(value) });

/** All variables of `graph` as they start. */
export function initialVariables(graph: Pick<Graph, 'variables'>, seed = 7): Tensors {
  return Object.fromEntries(
    graph.variables.map(({ path, initial, value }) => {
      const shape = evaluateShape(value.type.shape, {});
      return [path, listed(shape, [...initialValues(initial, path, shape, seed)])];
    }),
  );
}
