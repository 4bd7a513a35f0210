import { wantFloat, wantImage } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import type { BatchNormTrainAttributes } from './batch-norm-train.js';
import { elementsPerChannel, normalised, wantPerChannel } from './channels.js';

export const batchNormByMoments: OpDefinition<5, BatchNormTrainAttributes> = {
  name: 'batchNormByMoments',
  summary:
    'y of batchNormTrain(x, scale, shift) once more, by its other results mean and variance, so that a training step need not keep it.',
  operands: ['x', 'scale', 'shift', 'mean', 'variance'],
  attributes: { epsilon: 'number' },
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
  evaluate([x, scale, shift, mean, variance], { epsilon }) {
    const n = elementsPerChannel(x);
    const biased = variance.data.map((v) => (v * (n - 1)) / n);
    return [normalised(x, scale.data, shift.data, mean.data, biased, epsilon)];
  },
};
