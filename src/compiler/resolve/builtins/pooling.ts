import type { Value as GraphValue } from '../../graph/graph.js';
import { ShapeError } from '../../ops/definition.js';
import { averagePool } from '../../ops/pooling/average-pool.js';
import { maxPool } from '../../ops/pooling/max-pool.js';
import { maxPoolWithSwitches } from '../../ops/pooling/max-pool-with-switches.js';
import { maxUnpool } from '../../ops/pooling/max-unpool.js';
import { reduceMax } from '../../ops/reduction/reduce-max.js';
import { reduceMean } from '../../ops/reduction/reduce-mean.js';
import { fixed } from '../../shapes/size.js';
import { tensor } from '../values.js';
import { type Builder, operation } from './builtin.js';
import { channelsOf } from './conv.js';
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
    build(b, [x], { window, stride, padding }) {
      const results = b.apply(op, [x], { window, strides: stride ?? window, padding });
      return results.length === 1 ? results[0] : { kind: 'several', values: results.map(tensor) };
    },
  });

/** The image whose maxima `switches` are the positions of. */
function pooledFrom(b: Builder, switches: GraphValue): GraphValue {
  const node = b.producer(switches);
  if (node?.op === maxPoolWithSwitches.name && node.results[1] === switches)
    return node.operands[0];
  throw new ShapeError('the second input must be the switches of maxPoolWithSwitches', [1]);
}

const unpool = operation({
  name: maxUnpool.name,
  summary: `${maxUnpool.summary} Height and width are those before the pooling.`,
  inputs: ['y', 'switches'],
  parameters: {},
  build(b, [y, switches]) {
    const [batch, height, width] = pooledFrom(b, switches).type.shape;
    const shape = [batch, height, width, fixed(channelsOf(y))];
    return b.apply(maxUnpool, [y, switches], { shape })[0];
  },
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
  pool(maxPoolWithSwitches),
  unpool,
  pool(averagePool),
  reduction('globalAverage', 'The mean over height and width: [N, 1, 1, C].', reduceMean, image),
  reduction('globalMax', 'The largest over height and width: [N, 1, 1, C].', reduceMax, image),
  reduction('channelMean', 'The mean over the channels: [N, H, W, 1].', reduceMean, channels),
  reduction('channelMax', 'The largest of the channels: [N, H, W, 1].', reduceMax, channels),
];
