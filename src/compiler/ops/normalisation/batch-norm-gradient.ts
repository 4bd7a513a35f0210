import { wantFloat, wantImage, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import type { BatchNormTrainAttributes } from './batch-norm-train.js';
import { elementsPerChannel, sumPerChannel, wantPerChannel } from './channels.js';

export const batchNormGradient: OpDefinition<5, BatchNormTrainAttributes, 3> = {
  name: 'batchNormGradient',
  summary:
    'The gradients of y of batchNormTrain(x, scale, shift) with respect to x, scale and shift; mean and variance are its other results.',
  operands: ['g', 'x', 'scale', 'mean', 'variance'],
  attributes: { epsilon: 'number' },
  infer([g, x, scale, mean, variance]) {
    wantFloat([g, x, scale, mean, variance]);
    wantImage(x.shape, 1);
    wantShape(g.shape, x.shape, 'the gradient', 0);
    wantPerChannel(x.shape, [scale.shape, mean.shape, variance.shape], 2);
    return [x, scale, scale];
  },
  evaluate([g, x, scale, mean, variance], { epsilon }) {
    const [n, channels] = [elementsPerChannel(x), scale.data.length];
    // y was made with the biased variance; `variance` is the unbiased one.
    const inverse = variance.data.map((v) => 1 / Math.sqrt((v * (n - 1)) / n + epsilon));
    const normal = x.data.map((v, i) => (v - mean.data[i % channels]!) * inverse[i % channels]!);
    const dscale = sumPerChannel(x, (i) => g.data[i]! * normal[i]!);
    const dshift = sumPerChannel(x, (i) => g.data[i]!);
    const dx = g.data.map((value, i) => {
      const c = i % channels;
      return scale.data[c]! * inverse[c]! * (value - (dshift[c]! + normal[i]! * dscale[c]!) / n);
    });
    return [
      { shape: x.shape, data: dx },
      { shape: scale.shape, data: dscale },
      { shape: scale.shape, data: dshift },
    ];
  },
};
