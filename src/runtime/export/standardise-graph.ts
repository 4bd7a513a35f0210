import type { GraphBuilder } from '../../compiler/ir/builder.js';
import type { Value } from '../../compiler/ir/graph.js';
import type { OpDefinition } from '../../compiler/ops/definition.js';
import { arithmetic } from '../../compiler/ops/elementwise/arithmetic.js';
import { rsqrt } from '../../compiler/ops/elementwise/rsqrt.js';
import { reduceMean } from '../../compiler/ops/reduction/reduce-mean.js';
import { reduceSum } from '../../compiler/ops/reduction/reduce-sum.js';
import type { ReductionAttributes } from '../../compiler/ops/reduction/reduction.js';
import { fixedValue } from '../../compiler/sizes/size.js';
import { unscaled } from '../data/preprocess/standardise.js';
import { standardising } from '../data/preprocess/steps.js';
import type { Preprocessing } from '../data/preprocess.js';
import { perChannel, type Seen } from './step-graphs.js';

/** The last step as operations of the graph: values as the network takes them, 0 outside the field of view. */
export function standardised(
  b: GraphBuilder,
  { image, fov }: Seen,
  { steps, statistics }: Pick<Preprocessing, 'steps' | 'statistics'>,
): Value {
  if (statistics === null && standardising(steps) === 'image') return byItself(b, { image, fov });
  const { div, mul, sub } = arithmetic(b);
  const { mean, deviation } = statistics ?? unscaled(fixedValue(image.type.shape[3]!) as number);
  const scaled = div(sub(image, perChannel(b, mean)), perChannel(b, deviation));
  return fov === null ? scaled : mul(scaled, fov);
}

/**
 * (v - mean) / deviation of each image and channel. The mean is taken off twice, since a float32 mean of a million pixels
 * is off by some digits: what the first leaves is small, and its mean exact. So an even image, too, is 0.
 */
function byItself(b: GraphBuilder, { image, fov }: Seen): Value {
  const { add, mul, square, step, sub } = arithmetic(b);
  const mean = meanOver(b, fov);
  const inside = (x: Value): Value => (fov === null ? x : mul(x, fov));
  const centred = (x: Value): Value => inside(sub(x, mean(x)));
  const about = centred(centred(image));
  const variance = mean(square(about));
  const varies = step(sub(variance, 1e-12));
  const [scale] = b.apply(rsqrt, [add(mul(variance, varies), sub(1, varies))], {});
  return mul(about, scale);
}

/** Means over the pixels inside `fov`, by image and channel: of each row first, so that float32 sums stay short. */
function meanOver(b: GraphBuilder, fov: Value | null): (x: Value) => Value {
  const over = (op: OpDefinition<1, ReductionAttributes>, x: Value): Value =>
    [2, 1].reduce((y, axis) => b.apply(op, [y], { axes: [axis], keepDims: true })[0], x);
  if (fov === null) return (x) => over(reduceMean, x);
  const { add, div, mul, step, sub } = arithmetic(b);
  const count = over(reduceSum, fov);
  // A field of view of nothing has the mean 0.
  const divisor = add(count, sub(1, step(count)));
  return (x) => div(over(reduceSum, mul(x, fov)), divisor);
}
