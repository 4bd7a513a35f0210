import { fixed } from '../../sizes/size.js';
import { wantFloat, wantImage } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';
import type { Value } from '../values.js';
import { normalised, wantPerChannel } from './channels.js';

/** `momentum` is the share of the batch's moments in the new stored ones; the mode pass reads it. */
export type BatchNormAttributes = { readonly epsilon: number; readonly momentum: number };

/**
 * As written in a model: it means inference. For training the mode pass puts `batchNormTrain` in its place, but for one that
 * is frozen, whose stored moments are constants there.
 */
export const batchNorm: OpDefinition<5, BatchNormAttributes> = {
  name: 'batchNorm',
  summary:
    'scale (x - mean) / sqrt(variance + epsilon) + shift with the running statistics (Ioffe and Szegedy 2015, algorithm 2).',
  operands: ['x', 'scale', 'shift', 'mean', 'variance'],
  attributes: { epsilon: 'number', momentum: 'number' },
  infer([x, ...vectors]) {
    wantFloat([x, ...vectors]);
    wantImage(x.shape, 0);
    wantPerChannel(
      x.shape,
      vectors.map(({ shape }) => shape),
      1,
    );
    return [x];
  },
  evaluate: ([x, scale, shift, mean, variance], { epsilon }) => [
    normalised(x, scale.data, shift.data, mean.data, variance.data, epsilon),
  ],
  gradient(b, { operands: [x, scale, , mean, variance] }, [g], { epsilon }) {
    const { add, mul, neg, square, sub } = arithmetic(b);
    const over = (vector: Value): Value =>
      b.apply(b.ops.reshape, [vector], {
        shape: [fixed(1), fixed(1), fixed(1), x.type.shape[3]!],
      })[0];
    const sum = (image: Value): Value =>
      b.apply(b.ops.reduceSum, [image], { axes: [0, 1, 2], keepDims: false })[0];
    const [inverse] = b.apply(b.ops.rsqrt, [add(variance, epsilon)], {});
    const slope = mul(scale, inverse);
    const [ofShift, ofCentred] = [sum(g), sum(mul(g, sub(x, over(mean))))];
    return [
      mul(g, over(slope)),
      mul(ofCentred, inverse),
      ofShift,
      neg(mul(ofShift, slope)),
      mul(mul(ofCentred, slope), mul(square(inverse), -0.5)),
    ];
  },
};
