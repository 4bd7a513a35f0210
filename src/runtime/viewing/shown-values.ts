import { buildProgram } from '../../compiler/compile.js';
import { namedValues } from '../../compiler/expand/named-values.js';
import type { Graph, Value, Variable } from '../../compiler/ir/graph.js';
import { print } from '../../compiler/ir/print.js';
import { inUnitRange } from '../../compiler/ir/unit-range.js';
import { printShape } from '../../compiler/sizes/size.js';
import type { CompiledModel } from '../networks/compile-file.js';
import { cellsOf } from '../prediction/cells.js';
import type { ShownValue, ShownValues } from './trial-file.js';

/**
 * What a page can show of a network as maps over the image, in the order in which it is computed, its outputs among it. All of it is
 * an output of the function that is optimised, so that each pass leaves it as it is.
 *
 * @param margin how many pixels the prediction is narrower on each side
 * @returns with the variables that they take
 */
export function shownValues(
  { graph, expanded }: Pick<CompiledModel, 'graph' | 'expanded'>,
  margin: number,
): { readonly shown: ShownValues; readonly variables: readonly Variable[] } {
  const isOfUnit = inUnitRange(graph);
  const outputs = new Set<Value>(graph.outputs.map(({ value }) => value));
  const all = [
    ...namedValues(expanded, graph),
    ...graph.outputs.map(({ name, value }) => ({ name: `output ${name}`, value })),
  ];
  const maps = all.flatMap(({ name, value }) => {
    const cells = cellsOf(graph, value, margin);
    return cells ? [{ name, value, channels: cells.channels }] : [];
  });
  const values = maps.map(({ name, value, channels }): ShownValue => {
    const isCoefficient = channels === 1 && isOfUnit(value) && !outputs.has(value);
    return { name, shape: printShape(value.type.shape), channels, isCoefficient };
  });
  const asked: Graph = {
    ...graph,
    outputs: maps.map(({ value }, i) => ({ name: `${i}`, value })),
  };
  const optimised = buildProgram(asked).functions.predict!;
  const shown = { graph: print(optimised), values, others: all.length - maps.length };
  return { shown, variables: optimised.variables };
}
