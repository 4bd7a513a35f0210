import type { GraphBuilder } from '../../compiler/ir/builder.js';
import type { Value } from '../../compiler/ir/graph.js';
import { several } from '../../compiler/ops/definition.js';
import { arithmetic } from '../../compiler/ops/elementwise/arithmetic.js';
import { log } from '../../compiler/ops/elementwise/log.js';
import { relu } from '../../compiler/ops/elementwise/relu.js';
import { maxPool } from '../../compiler/ops/pooling/max-pool.js';
import { reduceSum } from '../../compiler/ops/reduction/reduce-sum.js';
import { resizeArea } from '../../compiler/ops/resizing/resize-area.js';
import { resizeNearest } from '../../compiler/ops/resizing/resize-nearest.js';
import { concat } from '../../compiler/ops/structure/concat.js';
import { fill } from '../../compiler/ops/structure/fill.js';
import { slice } from '../../compiler/ops/structure/slice.js';
import { fixed, fixedValue } from '../../compiler/sizes/size.js';
import { weightsOf } from '../data/preprocess/gray.js';
import { sizeOf } from '../data/preprocess/resize.js';
import type {
  GrayOptions,
  ResizeOptions,
  StepOptions,
  WindowOptions,
} from '../experiments/options/preprocess.js';

/** An image in a graph, [N, H, W, C], and its field of view, [N, H, W, 1] of 0 and 1; null where it is all of the image. */
export interface Seen {
  readonly image: Value;
  readonly fov: Value | null;
}

type StepGraph<Options> = (b: GraphBuilder, seen: Seen, options: Options) => Seen;

/** In place of a graph: why a step has none. */
export interface Beyond {
  readonly because: string;
}

/** Each step as operations of the graph that compute what the step itself does: `data/preprocess` says what that is. */
export const stepGraphs: {
  readonly [K in keyof StepOptions]: StepGraph<StepOptions[K]> | Beyond;
} = {
  // The graph is given a field of view where there is one.
  fov: (_, seen) => seen,
  window: windowed,
  resize: resized,
  gray: mixed,
  clahe: { because: 'no operation counts histograms' },
  gamma: (b, seen, exponent) => ({ ...seen, image: powered(b, seen.image, exponent) }),
  // Done at the end of every list, those that do not name it too: `standardised`.
  standardise: (_, seen) => seen,
};

/** One number a channel, [1, 1, 1, C] or, where there is one channel, a scalar. */
export function perChannel(b: GraphBuilder, values: readonly number[]): Value {
  if (values.length === 1) return b.constant(values[0]!);
  const shape = [1, 1, 1, 1].map(fixed);
  const each = values.map((value) => b.apply(fill, [], { value, shape })[0]);
  return b.apply(concat, several(each), { axis: 3 })[0];
}

/** x, at least 0 and at most `greatest`. */
function clipped(b: GraphBuilder, x: Value, greatest: number): Value {
  const { sub } = arithmetic(b);
  const positive = (value: Value): Value => b.apply(relu, [value], {})[0];
  return sub(greatest, positive(sub(greatest, positive(x))));
}

function windowed(b: GraphBuilder, { image, fov }: Seen, { low, high }: WindowOptions): Seen {
  const { sub, mul } = arithmetic(b);
  const width = high - low;
  return { image: mul(clipped(b, sub(image, low), width), 255 / width), fov };
}

function mixed(b: GraphBuilder, { image, fov }: Seen, options: GrayOptions): Seen {
  if (fixedValue(image.type.shape[3]!) === 1) return { image, fov };
  const weighted = arithmetic(b).mul(image, perChannel(b, weightsOf(options)));
  return { image: b.apply(reduceSum, [weighted], { axes: [3], keepDims: true })[0], fov };
}

/** 255 s^exponent of s = v / 255 as exp(exponent log s), where s is 0 of log 1 and then 0. */
function powered(b: GraphBuilder, image: Value, exponent: number): Value {
  const { add, div, exp, mul, step, sub } = arithmetic(b);
  const share = div(clipped(b, image, 255), 255);
  const some = step(share);
  const [logarithm] = b.apply(log, [add(share, sub(1, some))], {});
  return mul(mul(exp(mul(logarithm, exponent)), some), 255);
}

function resized(b: GraphBuilder, { image, fov }: Seen, options: ResizeOptions): Seen {
  const { height, width } = sizeOf(options);
  const [batch, , , channels] = image.type.shape;
  const shape = [batch!, fixed(height), fixed(width), channels!];
  return {
    image: b.apply(resizeArea, [image], { shape })[0],
    fov: fov && nearest(b, fov, height, width),
  };
}

/**
 * The pixel whose centre is nearest, that at floor((2 i + 1) from / (2 to)): each second one, from the second on, of
 * `resizeNearest` to twice the size.
 */
function nearest(b: GraphBuilder, fov: Value, height: number, width: number): Value {
  const [batch] = fov.type.shape;
  const at = (h: number, w: number) => [batch!, fixed(h), fixed(w), fixed(1)];
  const [twice] = b.apply(resizeNearest, [fov], { shape: at(2 * height, 2 * width) });
  const shape = at(2 * height - 1, 2 * width - 1);
  const [odd] = b.apply(slice, [twice], { begin: [0, 1, 1, 0], shape });
  return b.apply(maxPool, [odd], { window: [1, 1], strides: [2, 2], padding: 'valid' })[0];
}
