import { wantFloat, wantImage } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { normalised, wantPerChannel } from './channels.js';

/** `momentum` is the share of the batch's moments in the new stored ones; the mode pass reads it. */
export type BatchNormAttributes = { readonly epsilon: number; readonly momentum: number };

/**
 * As written in a model: it means inference. For training the mode pass puts `batchNormTrain` in its place before
 * the graph is differentiated, so that this has no gradient.
 */
export const batchNorm: OpDefinition<BatchNormAttributes> = {
  name: 'batchNorm',
  summary:
    'scale (x - mean) / sqrt(variance + epsilon) + shift with stored moments (Ioffe and Szegedy 2015, algorithm 2).',
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
};
