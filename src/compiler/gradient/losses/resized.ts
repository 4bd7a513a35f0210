import type { GraphBuilder } from '../../ir/builder.js';
import type { Value } from '../../ir/graph.js';
import { arithmetic } from '../../ops/elementwise/arithmetic.js';
import { averagePool } from '../../ops/pooling/average-pool.js';
import { ratioOf, type Shape, sameShape } from '../../sizes/size.js';

/** A target and how much its pixels count. */
export interface Goal {
  readonly target: Value;
  readonly weight: Value | null;
}

/** How many pixels of `from` go into one of `to`, along height and width; undefined where that is no whole number. */
function factorsOf(from: Shape, to: Shape): readonly number[] | undefined {
  const factors = [1, 2].map((axis) => ratioOf(from[axis]!, to[axis]!));
  return factors.every((factor) => factor !== undefined && Number.isInteger(factor) && factor > 0)
    ? (factors as number[])
    : undefined;
}

/**
 * `goal` at the height and width of `shape`, a whole number of times smaller: each pixel has the share of every class
 * among the counting pixels it stands for, and counts by their share. Undefined where the sizes do not divide so.
 */
export function resizedGoal(b: GraphBuilder, goal: Goal, shape: Shape): Goal | undefined {
  const { target, weight } = goal;
  if (sameShape(target.type.shape, shape)) return goal;
  const window = factorsOf(target.type.shape, shape);
  if (!window) return undefined;
  const mean = (value: Value): Value =>
    b.apply(averagePool, [value], { window, strides: window, padding: 'valid' })[0];
  if (!weight) return { target: mean(target), weight: null };
  const { add, div, equal, mul } = arithmetic(b);
  const share = mean(weight);
  const counted = mean(mul(target, weight));
  return { target: div(counted, add(share, equal(share, 0))), weight: share };
}
