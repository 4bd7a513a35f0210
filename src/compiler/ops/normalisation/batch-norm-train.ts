import { wantFloat, wantImage } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { elementsPerChannel, normalised, sumPerChannel, wantPerChannel } from './channels.js';

export type BatchNormTrainAttributes = { readonly epsilon: number };

export const batchNormTrain: OpDefinition<3, BatchNormTrainAttributes, 3> = {
  name: 'batchNormTrain',
  summary:
    "Batch norm by the batch's own mean and variance (Ioffe and Szegedy 2015, algorithm 1) -> y, mean, variance; y uses the biased variance, the result is the unbiased one.",
  operands: ['x', 'scale', 'shift'],
  attributes: { epsilon: 'number' },
  infer([x, scale, shift]) {
    wantFloat([x, scale, shift]);
    wantImage(x.shape, 0);
    wantPerChannel(x.shape, [scale.shape, shift.shape], 1);
    return [x, floatOf([x.shape[3]]), floatOf([x.shape[3]])];
  },
  evaluate([x, scale, shift], { epsilon }, [, vector]) {
    const n = elementsPerChannel(x);
    const mean = sumPerChannel(x, (i) => x.data[i]!).map((sum) => sum / n);
    const squares = sumPerChannel(x, (i, c) => (x.data[i]! - mean[c]!) ** 2);
    const biased = squares.map((sum) => sum / n);
    return [
      normalised(x, scale.data, shift.data, mean, biased, epsilon),
      { shape: vector, data: mean },
      { shape: vector, data: squares.map((sum) => sum / Math.max(n - 1, 1)) },
    ];
  },
  again(b, { operands: [x, scale, shift], results: [, mean, variance] }, attributes) {
    return b.apply(b.ops.batchNormByMoments, [x, scale, shift, mean, variance], attributes)[0];
  },
  gradient(b, { operands: [x, scale], results }, [g, ...ofMoments], { epsilon }) {
    if (!g || ofMoments.some((cotangent) => cotangent !== null)) {
      throw new Error('batchNormTrain is differentiated by its first result only');
    }
    const [, mean, variance] = results;
    return b.apply(b.ops.batchNormGradient, [g, x, scale, mean, variance], { epsilon });
  },
};
