import type { GraphBuilder } from '../ir/builder.js';
import type { Graph, Node, NodeOf, Value } from '../ir/graph.js';
import { add } from '../ops/elementwise/add.js';
import { biasAdd } from '../ops/elementwise/bias-add.js';
import { batchNormGradient } from '../ops/normalisation/batch-norm-gradient.js';
import { batchNormTrain } from '../ops/normalisation/batch-norm-train.js';
import { reduceSum } from '../ops/reduction/reduce-sum.js';
import { fill } from '../ops/structure/fill.js';
import { rebuild } from './rebuild.js';

/** A biased map without its bias, and the mean of the batch there. */
interface Unbiased {
  readonly biased: Value;
  readonly plain: Value;
  readonly mean: Value;
}

/**
 * A batch norm by the batch's own moments takes away any bias before it: the bias moves the mean and nothing else. So the mean of the
 * map without it is taken, the bias is added to that, and the gradient of the bias, the sum of the batch norm's, is 0. It saves an
 * addition to a whole map and a sum over it for every such convolution.
 */
export function biasBeforeNorm(graph: Graph): Graph {
  const byMean = new Map<Value, Unbiased>();
  return rebuild(graph, (b, node) => {
    if (node.op === batchNormTrain) return withoutBias(b, node as NodeOf<3, 3>, byMean);
    if (node.op === batchNormGradient) return gradientWithoutBias(b, node as NodeOf<5, 3>, byMean);
    return sumsOneNorm(b, node) ? zeros(b, node) : undefined;
  }).finish(graph.symbols);
}

function withoutBias(
  b: GraphBuilder,
  { operands: [biased, scale, shift], attributes }: NodeOf<3, 3>,
  byMean: Map<Value, Unbiased>,
): readonly Value[] | undefined {
  const producer = b.producer(biased);
  if (producer?.op !== biasAdd) return undefined;
  const [plain, bias] = (producer as NodeOf<2, 1>).operands;
  const [y, mean, variance] = b.apply(batchNormTrain, [plain, scale, shift], attributes as never);
  const [moved] = b.apply(add, [mean, bias], {});
  byMean.set(moved, { biased, plain, mean });
  return [y, moved, variance];
}

function gradientWithoutBias(
  b: GraphBuilder,
  { operands: [g, x, scale, mean, variance], attributes }: NodeOf<5, 3>,
  byMean: ReadonlyMap<Value, Unbiased>,
): readonly Value[] | undefined {
  const found = byMean.get(mean);
  if (found?.biased !== x) return undefined;
  const operands = [g, found.plain, scale, found.mean, variance] as const;
  return b.apply(batchNormGradient, operands, attributes as never);
}

/** Whether a node sums, for each channel, the gradient of what a batch norm was given. */
function sumsOneNorm(b: GraphBuilder, { op, operands: [x], attributes }: Node): boolean {
  if (op !== reduceSum || x === undefined) return false;
  const producer = b.producer(x);
  return (
    producer?.op === batchNormGradient &&
    producer.results[0] === x &&
    `${attributes.axes}` === `${[...x.type.shape.keys()].slice(0, -1)}`
  );
}

const zeros = (b: GraphBuilder, { results }: Node): readonly Value[] => {
  const { shape } = results[0]!.type;
  return b.apply(fill, [], { value: 0, shape });
};
