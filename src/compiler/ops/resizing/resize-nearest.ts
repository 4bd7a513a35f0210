import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { nearest, type ResizeAttributes, resampled, resizedShape } from './resample.js';

export const resizeNearest: OpDefinition<1, ResizeAttributes> = {
  name: 'resizeNearest',
  summary:
    'The pixel of x at floor(i * input / output) along each axis, as TensorFlow and PyTorch upsample by default.',
  operands: ['x'],
  attributes: { shape: 'sizes' },
  infer([x], attributes, demand) {
    wantFloat([x]);
    return [floatOf(resizedShape(x.shape, attributes, demand))];
  },
  cheap: true,
  evaluate: ([x], _, [shape]) => [resampled(x, shape, nearest)],
  gradient: (b, { operands: [x] }, [g]) =>
    b.apply(b.ops.resizeNearestGradient, [g], { shape: x.type.shape }),
};
