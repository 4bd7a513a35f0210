import type { Node, NodeOf, Value } from '../../ir/graph.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { rsqrt } from '../../ops/elementwise/rsqrt.js';
import { batchNorm } from '../../ops/normalisation/batch-norm.js';
import type { BatchNormTrainAttributes } from '../../ops/normalisation/batch-norm-train.js';
import { reduceMean } from '../../ops/reduction/reduce-mean.js';
import { reduceSum } from '../../ops/reduction/reduce-sum.js';
import { reshape } from '../../ops/structure/reshape.js';
import { channelsOf } from '../../ops/values.js';
import { fixed } from '../../sizes/size.js';
import type { Divided, Division } from './division.js';

/** Over batch, height and width, which stay as sizes of 1. */
const perChannel = { axes: [0, 1, 2], keepDims: true } as const;

const epsilonOf = ({ attributes }: Node): number =>
  (attributes as BatchNormTrainAttributes).epsilon;

/** [C] as [1, 1, 1, C], and back. */
const spread = ({ b }: Division, vector: Value): Value =>
  b.apply(reshape, [vector], { shape: [1, 1, 1, channelsOf(vector)].map(fixed) })[0];
const flat = ({ b }: Division, value: Value): Value =>
  b.apply(reshape, [value], { shape: [fixed(channelsOf(value))] })[0];

/** The mean over the whole batch: towers have equal parts. */
const meanOver = (d: Division, part: (tower: number) => Value): Value =>
  d.mean(d.onEach((tower) => d.b.apply(reduceMean, [part(tower)], perChannel)[0]));
const sumOver = (d: Division, part: (tower: number) => Value): Value =>
  d.sum(d.onEach((tower) => d.b.apply(reduceSum, [part(tower)], perChannel)[0]));

/**
 * Batch norm by the moments of the whole batch: towers exchange their means, then their mean squares about the common mean, so that
 * weights are those of one device.
 */
export function batchNormTrain(d: Division, node: Node): readonly Divided[] {
  const [x, scale, shift] = (node as NodeOf<3, 3>).operands;
  const { div, mul, square, sub } = arithmetic(d.b);
  const centre = meanOver(d, (tower) => d.at(x, tower));
  const spreadOut = meanOver(d, (tower) => square(sub(d.at(x, tower), centre)));
  const [mean, biased] = [flat(d, centre), flat(d, spreadOut)];
  const count = d.elements(x.type.shape.slice(0, 3));
  const variance = mul(biased, div(count, sub(count, 1)));
  d.biased.set(variance, biased);
  return [normalised(d, node, [x, scale, shift], mean, biased), mean, variance];
}

export function batchNormByMoments(d: Division, node: Node): readonly Divided[] {
  const [x, scale, shift, mean, variance] = (node as NodeOf<5, 1>).operands;
  return [normalised(d, node, [x, scale, shift], d.whole(mean), biasedOf(d, variance))];
}

function normalised(
  d: Division,
  node: Node,
  [x, scale, shift]: readonly [Value, Value, Value],
  mean: Value,
  biased: Value,
): readonly Value[] {
  const attributes = { epsilon: epsilonOf(node), momentum: 0 };
  const vectors = [d.whole(scale), d.whole(shift), mean, biased] as const;
  return d.onEach((tower) => d.b.apply(batchNorm, [d.at(x, tower), ...vectors], attributes)[0]);
}

/** With n elements a channel and z = (x - mean) / deviation: dx = scale / deviation (g - (sum(g) + z sum(g z)) / n). */
export function batchNormGradient(d: Division, node: Node): readonly Divided[] {
  const { b } = d;
  const [g, x, scale, mean, variance] = (node as NodeOf<5, 3>).operands;
  const { add, div, mul, sub } = arithmetic(b);
  const centre = spread(d, d.whole(mean));
  const [inverse] = b.apply(rsqrt, [add(spread(d, biasedOf(d, variance)), epsilonOf(node))], {});
  const normal = d.onEach((tower) => mul(sub(d.at(x, tower), centre), inverse));
  const ofShift = sumOver(d, (tower) => d.at(g, tower));
  const ofScale = sumOver(d, (tower) => mul(d.at(g, tower), normal[tower]!));
  const slope = mul(spread(d, d.whole(scale)), inverse);
  const share = div(slope, d.elements(x.type.shape.slice(0, 3)));
  const [constant, linear] = [mul(share, ofShift), mul(share, ofScale)];
  const ofX = d.onEach((tower) =>
    sub(mul(d.at(g, tower), slope), add(mul(normal[tower]!, linear), constant)),
  );
  return [ofX, flat(d, ofScale), flat(d, ofShift)];
}

function biasedOf(d: Division, variance: Value): Value {
  const biased = d.biased.get(d.whole(variance));
  if (!biased) throw new Error('a batch norm has the moments of no batch norm');
  return biased;
}
