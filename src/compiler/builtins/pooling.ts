import type { Value as GraphValue } from '../ir/graph.js';
import { ShapeError } from '../ops/definition.js';
import { adaptiveAveragePool } from '../ops/pooling/adaptive-average-pool.js';
import { adaptiveMaxPool } from '../ops/pooling/adaptive-max-pool.js';
import { averagePool } from '../ops/pooling/average-pool.js';
import type { PoolAttributes } from '../ops/pooling/geometry.js';
import { maxPool } from '../ops/pooling/max-pool.js';
import { maxPoolWithSwitches } from '../ops/pooling/max-pool-with-switches.js';
import { maxUnpool } from '../ops/pooling/max-unpool.js';
import { reduceMax } from '../ops/reduction/reduce-max.js';
import { reduceMean } from '../ops/reduction/reduce-mean.js';
import { type PadAttributes, pad } from '../ops/structure/pad.js';
import { fixed, fixedValue } from '../sizes/size.js';
import { type Builder, operation } from '../values/builtin.js';
import { choice, flag, type Pair, pair, pairOr } from '../values/parameters.js';
import { tensor } from '../values/value.js';
import { channelsOf, paddings } from './conv.js';

const sliding = { window: pair(2), stride: pairOr('window') };

/** `border` is what `padding: "torch"` pads with. */
const pool = (op: typeof maxPool, border: number, note = '') =>
  operation({
    name: op.name,
    summary: `${op.summary}${note}`,
    parameters: { ...sliding, padding: choice(paddings, 'same'), floor: flag(false) },
    build(b, [x], { window, stride, padding, floor }) {
      const strides = stride ?? window;
      if (padding !== 'torch') {
        return b.apply(op, [x!], {
          window,
          strides,
          padding: rounding(padding, floor, window, strides),
        })[0];
      }
      const padded = b.apply(pad, [x!], {
        ...borders(x!, window, strides, floor),
        value: border,
      })[0];
      return b.apply(op, [padded], { window, strides, padding: floor ? 'floor' : 'valid' })[0];
    },
  });

/** Windows that do not overlap reach no further than x where what no whole stride reaches is dropped. */
function rounding(
  padding: 'same' | 'valid',
  floor: boolean,
  window: Pair,
  strides: Pair,
): PoolAttributes['padding'] {
  if (!floor) return padding;
  if (padding === 'valid' || window.every((taps, axis) => taps <= strides[axis]!)) return 'floor';
  throw new ShapeError({ kind: 'floor', window, stride: strides });
}

/** JSON has no infinity; no maximum of float32 is below this. */
const leastFloat = -3.4028234663852886e38;

/** PyTorch's `padding = (window - 1) / 2`; where sizes have to divide, less what no window reaches at the end. */
function borders(
  x: GraphValue,
  window: Pair,
  strides: Pair,
  floor: boolean,
): Omit<PadAttributes, 'value'> {
  channelsOf(x);
  const along = [0, 1].map((axis) => {
    const [taps, stride, size] = [window[axis], strides[axis], x.type.shape[axis + 1]];
    if (taps! % 2 === 0) throw new ShapeError({ kind: 'oddWindow', of: 'window', size: taps! });
    const before = (taps! - 1) / 2;
    if (floor) return { before, after: before };
    if (stride! > taps! - before) {
      throw new ShapeError({ kind: 'torchStride', window: taps!, most: taps! - before });
    }
    const extent = fixedValue(size!);
    const beyond = extent === undefined ? 0 : Math.ceil(extent / stride!) * stride! - extent;
    return { before, after: taps! - stride! - before + beyond };
  });
  const [rows, columns] = along;
  return {
    before: [0, rows!.before, columns!.before, 0],
    after: [0, rows!.after, columns!.after, 0],
  };
}

const poolWithSwitches = operation({
  name: maxPoolWithSwitches.name,
  summary: maxPoolWithSwitches.summary,
  parameters: {
    ...sliding,
    padding: choice(['same', 'valid'] as const, 'same'),
    floor: flag(false),
  },
  build(b, [x], { window, stride, padding, floor }) {
    const strides = stride ?? window;
    const attributes = { window, strides, padding: rounding(padding, floor, window, strides) };
    return { kind: 'several', values: b.apply(maxPoolWithSwitches, [x!], attributes).map(tensor) };
  },
});

/** The image whose maxima `switches` are the positions of. */
function pooledFrom(b: Builder, switches: GraphValue): GraphValue {
  const node = b.producer(switches);
  if (node?.op === maxPoolWithSwitches && node.results[1] === switches) return node.operands[0]!;
  throw new ShapeError({ kind: 'switches' }, [1]);
}

const unpool = operation({
  name: maxUnpool.name,
  summary: `${maxUnpool.summary} Height and width are those before the pooling.`,
  inputs: ['y', 'switches'],
  parameters: {},
  build(b, [y, switches]) {
    const [batch, height, width] = pooledFrom(b, switches!).type.shape;
    const shape = [batch!, height!, width!, fixed(channelsOf(y!))];
    return b.apply(maxUnpool, [y!, switches!], { shape })[0];
  },
});

const reduction = (name: string, summary: string, op: typeof reduceMean, axes: readonly number[]) =>
  operation({
    name,
    summary,
    parameters: {},
    build: (b, [x]) => b.apply(op, [x!], { axes, keepDims: true })[0],
  });

/** Along the height, then along the width: a mean of means over equally many, a maximum of maxima. */
const adaptive = (op: typeof adaptiveAveragePool, summary: string) =>
  operation({
    name: op.name,
    summary,
    parameters: { size: pair() },
    build(b, [x], { size }) {
      const [rows] = b.apply(op, [x!], { axis: 1, parts: size[0] });
      return b.apply(op, [rows], { axis: 2, parts: size[1] })[0];
    },
  });

const image = [1, 2];
const channels = [3];

export const pooling = [
  pool(maxPool, leastFloat),
  poolWithSwitches,
  unpool,
  pool(averagePool, 0, ' The zeros of `"torch"` are elements too.'),
  adaptive(
    adaptiveAveragePool,
    'The mean over each of [height, width] regions, as PyTorch divides an image of any size: [N, height, width, C].',
  ),
  adaptive(
    adaptiveMaxPool,
    'The largest of each of [height, width] regions, those of adaptiveAveragePool: [N, height, width, C].',
  ),
  reduction('globalAverage', 'The mean over height and width: [N, 1, 1, C].', reduceMean, image),
  reduction('globalMax', 'The largest over height and width: [N, 1, 1, C].', reduceMax, image),
  reduction('channelMean', 'The mean over the channels: [N, H, W, 1].', reduceMean, channels),
  reduction('channelMax', 'The largest of the channels: [N, H, W, 1].', reduceMax, channels),
];
