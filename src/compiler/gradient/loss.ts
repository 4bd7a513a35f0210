import type { GraphBuilder } from '../graph/builder.js';
import type { Graph, Output, Value } from '../graph/graph.js';
import { floatOf } from '../ops/definition.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { sigmoidCrossEntropy } from '../ops/loss/sigmoid-cross-entropy.js';
import { softmaxCrossEntropy } from '../ops/loss/softmax-cross-entropy.js';
import { reduceMean } from '../ops/reduction/reduce-mean.js';
import { reduceSum } from '../ops/reduction/reduce-sum.js';
import { fixed, fixedValue, printShape, sameShape } from '../shapes/size.js';

/** The losses an experiment may name, each with the operation the output ends in, and the fused stable form. */
const losses = {
  /** Mean binary cross-entropy over all pixels and channels. */
  bce: { end: 'sigmoid', crossEntropy: sigmoidCrossEntropy },
  /** Mean cross-entropy over all pixels, of the class that is 1 in the target. */
  'cross-entropy': { end: 'softmax', crossEntropy: softmaxCrossEntropy },
} as const;

export type LossKind = keyof typeof losses;

export interface LossOptions {
  readonly kind: LossKind;
  /**
   * The output the loss is of; `masks` stands for all of a list `masks[0]`, `masks[1]`, ..., whose losses are
   * averaged over one target. May be left out where the model has a single output or list.
   */
  readonly output?: string;
  /** The name of an added input [N, H, W, 1], 1 where a pixel counts and 0 where it does not: a field of view. */
  readonly weight?: string;
}

/** A loss that can't be joined to the model; `output` is the model's name for what is at fault. */
export class LossError extends Error {
  constructor(
    message: string,
    readonly output: string | null,
  ) {
    super(message);
  }
}

export interface JoinedLoss {
  readonly loss: Value;
  /** By output name, what goes into its sigmoid or softmax. */
  readonly logits: readonly Output[];
}

const listOf = (name: string): string => name.replace(/\[\d+\]$/, '');

/**
 * Adds the loss to `b`, which holds `graph`, with an input named as the output for the target (one-hot for
 * `cross-entropy`). It takes what goes into the output's sigmoid or softmax. Throws `LossError`.
 */
export function joinLoss(b: GraphBuilder, graph: Graph, options: LossOptions): JoinedLoss {
  const [name, outputs] = chosenOutputs(graph.outputs, options.output);
  const logits = outputs.map((output) => ({
    name: output.name,
    value: logitsOf(b, output, options.kind),
  }));
  const { shape } = logits[0].value.type;
  const odd = logits.find(({ value }) => !sameShape(value.type.shape, shape));
  if (odd) {
    const shapes = `${printShape(odd.value.type.shape)} and ${printShape(shape)}`;
    throw new LossError(`one target can't serve ${odd.name} and ${name}: ${shapes}`, odd.name);
  }
  const target = b.input(name, floatOf(shape));
  const weight =
    options.weight && b.input(options.weight, floatOf([...shape.slice(0, -1), fixed(1)]));
  const { add, div } = arithmetic(b);
  const means = logits.map(({ value }) => {
    const [each] = b.apply(losses[options.kind].crossEntropy, [value, target], {});
    return weight ? weightedMean(b, each, weight) : mean(b, each);
  });
  return { loss: means.length === 1 ? means[0] : div(means.reduce(add), means.length), logits };
}

function chosenOutputs(
  outputs: readonly Output[],
  wanted: string | undefined,
): readonly [string, readonly Output[]] {
  const known = [...new Set(outputs.map(({ name }) => listOf(name)))];
  const name = wanted ?? known[0];
  if (wanted === undefined && known.length > 1) {
    throw new LossError(`the loss must name its output, one of ${known.join(', ')}`, null);
  }
  const chosen = outputs.filter((output) => output.name === name || listOf(output.name) === name);
  if (chosen.length > 0) return [name, chosen];
  throw new LossError(`the model has no output ${name}; it has ${known.join(', ')}`, name);
}

function logitsOf(b: GraphBuilder, { name, value }: Output, kind: LossKind): Value {
  const { end } = losses[kind];
  const producer = b.producer(value);
  if (producer?.op === end) return producer.operands[0];
  const found = producer ? `in ${producer.op}` : 'in no operation';
  throw new LossError(`${kind} wants an output that ends in ${end}; ${name} ends ${found}`, name);
}

const allAxes = (value: Value): { axes: readonly number[]; keepDims: boolean } => ({
  axes: [...value.type.shape.keys()],
  keepDims: false,
});

const mean = (b: GraphBuilder, each: Value): Value => b.apply(reduceMean, [each], allAxes(each))[0];

/** The mean over the pixels of weight 1; 0 where there is none. */
function weightedMean(b: GraphBuilder, each: Value, weight: Value): Value {
  const { add, div, equal, mul } = arithmetic(b);
  const [sum] = b.apply(reduceSum, [mul(each, weight)], allAxes(each));
  const [pixels] = b.apply(reduceSum, [weight], allAxes(weight));
  const channels = fixedValue(each.type.shape.at(-1)!)!;
  return div(sum, mul(channels, add(pixels, equal(pixels, 0))));
}
