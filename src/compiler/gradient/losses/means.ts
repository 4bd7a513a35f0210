import type { GraphBuilder } from '../../ir/builder.js';
import type { Value } from '../../ir/graph.js';
import { several } from '../../ops/definition.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { reduceMean } from '../../ops/reduction/reduce-mean.js';
import { reduceSum } from '../../ops/reduction/reduce-sum.js';
import { broadcastTo } from '../../ops/structure/broadcast-to.js';
import { concat } from '../../ops/structure/concat.js';
import { fill } from '../../ops/structure/fill.js';
import { channelsOf } from '../../ops/values.js';
import { fixed } from '../../sizes/size.js';

const allAxes = (value: Value): { axes: readonly number[]; keepDims: boolean } => ({
  axes: [...value.type.shape.keys()],
  keepDims: false,
});

export const sumOfAll = (b: GraphBuilder, value: Value): Value =>
  b.apply(reduceSum, [value], allAxes(value))[0];

/**
 * The mean of `each` [N, H, W, C] by `weight`, [N, H, W, 1] or of its own shape: divided by the sum of the weights, 0
 * where that is 0.
 */
export function meanOf(b: GraphBuilder, each: Value, weight: Value | null): Value {
  if (!weight) return b.apply(reduceMean, [each], allAxes(each))[0];
  const { add, div, equal, mul } = arithmetic(b);
  const sum = sumOfAll(b, mul(each, weight));
  const total = sumOfAll(b, weight);
  const spread = channelsOf(each) / channelsOf(weight);
  return div(sum, mul(spread, add(total, equal(total, 0))));
}

/** [1, 1, 1, C]: one number a channel. */
function vector(b: GraphBuilder, numbers: readonly number[]): Value {
  const shape = [1, 1, 1, 1].map(fixed);
  const parts = numbers.map((value) => b.apply(fill, [], { value, shape })[0]);
  return b.apply(concat, several(parts), { axis: 3 })[0];
}

/**
 * The weight of each pixel by its class in `target`, times `weight`. Of one channel the numbers are background's and
 * foreground's; of exclusive classes one a class; else each channel has its own, and so has the result.
 */
export function weightByClass(
  b: GraphBuilder,
  target: Value,
  weight: Value | null,
  numbers: readonly number[] | null,
  exclusive: boolean,
): Value | null {
  if (!numbers) return weight;
  const { add, mul } = arithmetic(b);
  const of = (own: Value): Value => (weight ? mul(own, weight) : own);
  if (channelsOf(target) === 1) {
    const [background, foreground] = numbers;
    return of(add(mul(target, foreground! - background!), background!));
  }
  const own = vector(b, numbers);
  if (!exclusive) return of(b.apply(broadcastTo, [own], { shape: target.type.shape })[0]);
  return of(b.apply(reduceSum, [mul(target, own)], { axes: [3], keepDims: true })[0]);
}
