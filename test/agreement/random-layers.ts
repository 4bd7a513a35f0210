import type { GraphBuilder } from '../../src/compiler/ir/builder.js';
import type { Value } from '../../src/compiler/ir/graph.js';
import { conv } from '../../src/compiler/ops/convolution/conv.js';
import { convTranspose } from '../../src/compiler/ops/convolution/conv-transpose.js';
import type { OpDefinition } from '../../src/compiler/ops/definition.js';
import { arithmetic } from '../../src/compiler/ops/elementwise/arithmetic.js';
import { biasAdd } from '../../src/compiler/ops/elementwise/bias-add.js';
import { leakyRelu } from '../../src/compiler/ops/elementwise/leaky-relu.js';
import { softplus } from '../../src/compiler/ops/elementwise/softplus.js';
import { tanh } from '../../src/compiler/ops/elementwise/tanh.js';
import { batchNormTrain } from '../../src/compiler/ops/normalisation/batch-norm-train.js';
import { adaptiveAveragePool } from '../../src/compiler/ops/pooling/adaptive-average-pool.js';
import { adaptiveMaxPool } from '../../src/compiler/ops/pooling/adaptive-max-pool.js';
import { averagePool } from '../../src/compiler/ops/pooling/average-pool.js';
import type { PoolAttributes } from '../../src/compiler/ops/pooling/geometry.js';
import { maxPool } from '../../src/compiler/ops/pooling/max-pool.js';
import { maxPoolWithSwitches } from '../../src/compiler/ops/pooling/max-pool-with-switches.js';
import { maxUnpool } from '../../src/compiler/ops/pooling/max-unpool.js';
import { reduceMax } from '../../src/compiler/ops/reduction/reduce-max.js';
import { reduceMean } from '../../src/compiler/ops/reduction/reduce-mean.js';
import { reduceSum } from '../../src/compiler/ops/reduction/reduce-sum.js';
import { ops } from '../../src/compiler/ops/registry.js';
import { resizeBilinear } from '../../src/compiler/ops/resizing/resize-bilinear.js';
import { resizeNearest } from '../../src/compiler/ops/resizing/resize-nearest.js';
import { broadcastTo } from '../../src/compiler/ops/structure/broadcast-to.js';
import { concat } from '../../src/compiler/ops/structure/concat.js';
import { pad } from '../../src/compiler/ops/structure/pad.js';
import { reshape } from '../../src/compiler/ops/structure/reshape.js';
import { slice } from '../../src/compiler/ops/structure/slice.js';
import {
  dividedBy,
  fixed,
  fixedValue,
  plus,
  type Size,
  times,
} from '../../src/compiler/sizes/size.js';

/** What a layer is made with besides its input. */
export interface Surroundings {
  readonly b: GraphBuilder;
  /** An image made before, of any shape: what does not fit x is refused by the operation. */
  readonly other: Value;
  choose<T>(items: readonly T[]): T;
  weight(shape: readonly number[]): Value;
}

/** An image [N, H, W, C] of `x` and weights. Throws `ShapeError` where they do not fit. */
export type Layer = (surroundings: Surroundings, x: Value) => Value;
type Plain = OpDefinition<1>;

const channelsOf = ({ type: { shape } }: Value): number => fixedValue(shape[3]!)!;
const pair = ({ choose }: Surroundings, items: readonly number[]) => [choose(items), choose(items)];

const elementwise =
  (names: readonly (keyof typeof ops)[]): Layer =>
  ({ b, choose }, x) =>
    b.apply(ops[choose(names)] as Plain, [x], {})[0];

const pooled = (s: Surroundings): PoolAttributes => ({
  window: pair(s, [2, 3, 1]),
  strides: pair(s, [2, 1, 3]),
  padding: s.choose(['same', 'valid', 'floor']),
});

const resized = ({ choose }: Surroundings, { type: { shape } }: Value): readonly Size[] => {
  const along = (size: Size): Size =>
    choose([times(size, 2), plus(size, 1), dividedBy(times(size, 3), 2), dividedBy(size, 2)]);
  return [shape[0]!, along(shape[1]!), along(shape[2]!), shape[3]!];
};

const axesOf = ({ choose }: Surroundings): readonly number[] =>
  choose([[1, 2], [3], [0], [2], [0, 1, 2], [1, 2, 3]]);

/** Layers whose derivative is continuous, and that keep numbers about 1 where they can. */
export const smoothLayers: readonly Layer[] = [
  (s, x) => {
    const groups = s.choose([1, channelsOf(x)]);
    const [rows, columns] = pair(s, [3, 1, 2]);
    const kernel = s.weight([
      rows!,
      columns!,
      channelsOf(x) / groups,
      groups * s.choose([2, 1, 3]),
    ]);
    const strides = pair(s, [1, 2, 3]);
    const dilations = pair(s, [1, 2]);
    const padding = s.choose(['same', 'valid', 'torch'] as const);
    return s.b.apply(conv, [x, kernel], { strides, dilations, groups, padding })[0];
  },
  (s, x) => {
    const outputs = s.choose([2, 1, 3]);
    const strides = pair(s, [2, 1, 3]);
    const kernel = s.weight([...pair(s, [2, 3, 1]), outputs, channelsOf(x)]);
    const [batch, height, width] = x.type.shape;
    const sizes = [times(height!, strides[0]!), times(width!, strides[1]!)];
    const shape = [batch!, ...sizes, fixed(outputs)];
    const attributes = { strides, dilations: [1, 1], groups: 1, padding: 'same', shape } as const;
    return s.b.apply(convTranspose, [x, kernel], attributes)[0];
  },
  (s, x) => s.b.apply(averagePool, [x], pooled(s))[0],
  (s, x) => {
    const shape = resized(s, x);
    return s.b.apply(s.choose([resizeBilinear, resizeNearest]), [x], { shape })[0];
  },
  (s, x) => {
    const attributes = { axis: s.choose([1, 2]), parts: s.choose([2, 3, 1]) };
    return s.b.apply(adaptiveAveragePool, [x], attributes)[0];
  },
  ({ b, other }, x) => b.apply(concat, [x, other, x], { axis: 3 })[0],
  (s, x) => {
    const [top, left, channel] = [...pair(s, [1, 0]), s.choose([0, 1])];
    const [batch, height, width, channels] = x.type.shape;
    const [rows, columns] = [plus(height!, -1 - top), plus(width!, -left!)];
    const shape = [batch!, rows, columns, plus(channels!, -channel!)];
    return s.b.apply(slice, [x], { begin: [0, top, left!, channel!], shape })[0];
  },
  (s, x) => {
    const before = [0, ...pair(s, [1, 0, 2]), 0];
    return s.b.apply(pad, [x], { before, after: [0, 0, 1, s.choose([0, 1])], value: 0.5 })[0];
  },
  elementwise(['elu', 'erf', 'gelu', 'neg', 'sigmoid', 'silu', 'softmax', 'softplus', 'tanh']),
  ({ b, choose }, x) => {
    const [bounded] = b.apply(tanh, [x], {});
    return b.apply(choose([ops.exp, ops.square]) as Plain, [bounded], {})[0];
  },
  ({ b, choose }, x) => {
    const positive = arithmetic(b).add(b.apply(softplus, [x], {})[0], 0.5);
    return b.apply(choose([ops.log, ops.sqrt, ops.rsqrt]) as Plain, [positive], {})[0];
  },
  ({ b, choose, other }, x) => arithmetic(b)[choose(['add', 'sub'] as const)](x, other),
  ({ b, other }, x) => arithmetic(b).mul(x, arithmetic(b).sigmoid(other)),
  ({ b, other }, x) => {
    const { add, div } = arithmetic(b);
    return div(x, add(0.5, b.apply(softplus, [other], {})[0]));
  },
  ({ b, weight }, x) => b.apply(biasAdd, [x, weight([channelsOf(x)])], {})[0],
  ({ b, weight }, x) => {
    const [scale, shift] = [weight([channelsOf(x)]), weight([channelsOf(x)])];
    return b.apply(batchNormTrain, [x, scale, shift], { epsilon: 1e-2 })[0];
  },
  (s, x) => s.b.apply(reduceMean, [x], { axes: axesOf(s), keepDims: true })[0],
  (s, x) => {
    const [sum] = s.b.apply(reduceSum, [x], { axes: [1, 2], keepDims: false });
    const [batch, , , channels] = x.type.shape;
    const shape = [batch!, fixed(1), fixed(1), channels!];
    return arithmetic(s.b).mul(s.b.apply(reshape, [sum], { shape })[0], 1 / 16);
  },
  ({ b, other }, x) => b.apply(broadcastTo, [x], { shape: other.type.shape })[0],
  ({ b }, x) => {
    const [batch, height, width] = x.type.shape;
    const shape = [batch!, height!, times(width!, channelsOf(x)), fixed(1)];
    return b.apply(reshape, [x], { shape })[0];
  },
];

/** Layers with kinks or jumps in the derivative. */
export const kinkedLayers: readonly Layer[] = [
  elementwise(['relu', 'abs', 'hardSigmoid', 'step']),
  ({ b }, x) => b.apply(leakyRelu, [x], { slope: 0.1 })[0],
  (s, x) => s.b.apply(maxPool, [x], pooled(s))[0],
  (s, x) => {
    const attributes = { axis: s.choose([1, 2]), parts: s.choose([2, 3, 1]) };
    return s.b.apply(adaptiveMaxPool, [x], attributes)[0];
  },
  (s, x) => s.b.apply(reduceMax, [x], { axes: axesOf(s), keepDims: true })[0],
  (s, x) => {
    const [y, switches] = s.b.apply(maxPoolWithSwitches, [x], pooled(s));
    return s.b.apply(maxUnpool, [y, switches], { shape: x.type.shape })[0];
  },
];
