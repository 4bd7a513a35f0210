import type { GraphBuilder } from '../../ir/builder.js';
import type { Value } from '../../ir/graph.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { reduceSum } from '../../ops/reduction/reduce-sum.js';
import { slice } from '../../ops/structure/slice.js';
import { channelsOf } from '../../ops/values.js';
import { fixed } from '../../sizes/size.js';
import { sumOfAll } from './means.js';

/** What false positives and false negatives cost, and what is added above and below. */
export interface Overlap {
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly smooth: number;
}

/** Soft Dice (Milletari et al. 2016, without squares): 2 I / (P + T), written as an overlap. */
export const diceOverlap = (smooth: number): Overlap => ({
  falsePositives: 0.5,
  falseNegatives: 0.5,
  smooth: smooth / 2,
});

/**
 * 1 - (I + s) / (I + a FP + b FN + s) (Salehi et al. 2017), from sums over all counting pixels of the batch, then the
 * mean over the channels from `first` on by `numbers`. `probabilities` and `target` are [N, H, W, C].
 */
export function overlapLoss(
  b: GraphBuilder,
  probabilities: Value,
  target: Value,
  weight: Value | null,
  { falsePositives, falseNegatives, smooth }: Overlap,
  classes: { readonly first: number; readonly numbers: readonly number[] | null },
): Value {
  const { add, div, mul, sub } = arithmetic(b);
  const counted = (value: Value): Value => (weight ? mul(value, weight) : value);
  const sum = (value: Value): Value =>
    b.apply(reduceSum, [value], { axes: [0, 1, 2], keepDims: false })[0];
  const seen = counted(target);
  const both = sum(mul(probabilities, seen));
  const positives = sub(sum(counted(probabilities)), both);
  const negatives = sub(sum(seen), both);
  const missed = add(mul(positives, falsePositives), mul(negatives, falseNegatives));
  const above = add(both, smooth);
  const lost = div(missed, add(above, missed));
  return meanOverChannels(b, lost, classes.first, classes.numbers);
}

/** The mean of [C] from `first` on. */
function meanOverChannels(
  b: GraphBuilder,
  each: Value,
  first: number,
  numbers: readonly number[] | null,
): Value {
  const { add, div, mul } = arithmetic(b);
  const count = channelsOf(each) - first;
  const all = first === 0 && !numbers;
  if (all) return div(sumOfAll(b, each), count);
  const at = (channel: number): Value =>
    sumOfAll(b, b.apply(slice, [each], { begin: [channel], shape: [fixed(1)] })[0]);
  const shares = Array.from({ length: count }, (_, i) => numbers?.[first + i] ?? 1);
  const parts = shares.map((number, i) => mul(at(first + i), number));
  return div(
    parts.reduce((a, part) => add(a, part)),
    shares.reduce((a, number) => a + number),
  );
}
