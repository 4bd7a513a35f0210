import { averagePool } from '../../ops/pooling/average-pool.js';
import { maxPool } from '../../ops/pooling/max-pool.js';
import { reduceMax } from '../../ops/reduction/reduce-max.js';
import { reduceMean } from '../../ops/reduction/reduce-mean.js';
import { operation } from './builtin.js';
import { choice, pair, pairOr } from './parameters.js';

const pool = (op: typeof maxPool) =>
  operation({
    name: op.name,
    summary: op.summary,
    parameters: {
      window: pair(2),
      stride: pairOr('window'),
      padding: choice(['same', 'valid'] as const, 'same'),
    },
    build: (b, [x], { window, stride, padding }) =>
      b.apply(op, [x], { window, strides: stride ?? window, padding })[0],
  });

const reduction = (name: string, summary: string, op: typeof reduceMean, axes: readonly number[]) =>
  operation({
    name,
    summary,
    parameters: {},
    build: (b, [x]) => b.apply(op, [x], { axes, keepDims: true })[0],
  });

const image = [1, 2];
const channels = [3];

export const pooling = [
  pool(maxPool),
  pool(averagePool),
  reduction('globalAverage', 'The mean over height and width: [N, 1, 1, C].', reduceMean, image),
  reduction('globalMax', 'The largest over height and width: [N, 1, 1, C].', reduceMax, image),
  reduction('channelMean', 'The mean over the channels: [N, H, W, 1].', reduceMean, channels),
  reduction('channelMax', 'The largest of the channels: [N, H, W, 1].', reduceMax, channels),
];
