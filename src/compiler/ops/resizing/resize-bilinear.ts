import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { bilinear, type ResizeAttributes, resampled, resizedShape } from './resample.js';

export const resizeBilinear: OpDefinition<1, ResizeAttributes> = {
  name: 'resizeBilinear',
  summary:
    'Linear interpolation of x between half-pixel centres, edges clamped; no aligned corners and no antialiasing.',
  operands: ['x'],
  attributes: { shape: 'sizes' },
  infer([x], attributes, demand) {
    wantFloat([x]);
    return [floatOf(resizedShape(x.shape, attributes, demand))];
  },
  evaluate: ([x], _, [shape]) => [resampled(x, shape, bilinear)],
  gradient: (b, { operands: [x] }, [g]) =>
    b.apply(b.ops.resizeBilinearGradient, [g], { shape: x.type.shape }),
};
