import { wantFloat } from '../checks.js';
import { floatOf, type OpDefinition } from '../definition.js';
import { bilinear, type ResizeAttributes, resampled, resizedShape } from './resample.js';
import { resizeBilinearGradient } from './resize-bilinear-gradient.js';

export const resizeBilinear: OpDefinition<ResizeAttributes> = {
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
    b.apply(resizeBilinearGradient, [g!], { shape: x.type.shape }),
};
