import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { centralDifferences } from '../ops/harness.js';
import { initialVariables } from './feeds.js';

/** The greatest difference of any gradient from central differences, over the greatest derivative. */
export function gradientError(graph: Graph, inputs: Tensors): number {
  const variables = initialVariables(graph);
  const { outputs } = interpret(graph, { inputs, variables });
  const weights = graph.variables.filter(({ kind }) => kind === 'weight');
  const pairs = weights.flatMap(({ path }) => {
    const numeric = centralDifferences(graph, inputs, path, variables);
    return [...numeric].map((derivative, i) => [derivative, outputs[`grad/${path}`]!.data[i]]);
  });
  const greatest = Math.max(...pairs.map(([derivative]) => Math.abs(derivative!)));
  return Math.max(...pairs.map(([a, b]) => Math.abs(a! - b!))) / greatest;
}
