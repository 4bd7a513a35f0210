import type { OpName } from '../ops/registry.js';
import type { Graph, Node, Value } from './graph.js';

/** Operations whose results are of 0 to 1 whatever they are given. */
const bounded: ReadonlySet<string> = new Set<OpName>(['sigmoid', 'hardSigmoid', 'softmax', 'step']);

/** Those that leave their values, or mean or product of several, in that range; dropout as a network predicts. */
const keeping: ReadonlySet<string> = new Set<OpName>([
  ...(['resizeNearest', 'resizeBilinear', 'resizeArea', 'reshape', 'slice', 'concat'] as const),
  ...(['maxPool', 'averagePool', 'adaptiveMaxPool', 'adaptiveAveragePool', 'mul'] as const),
  ...(['dropout', 'spatialDropout', 'dropPath', 'reduceMax', 'reduceMean'] as const),
]);

/** Which values of a graph are of 0 to 1 by the operations that make them: coefficients, probabilities. */
export function inUnitRange({ nodes }: Graph): (value: Value) => boolean {
  const known = new Set<Value>();
  const isBounded = ({ op, operands }: Node): boolean =>
    bounded.has(op.name) || (keeping.has(op.name) && operands.every((value) => known.has(value)));
  for (const node of nodes) if (isBounded(node)) for (const each of node.results) known.add(each);
  return (value) => known.has(value);
}
