import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { areaOrLinear, type ResizeAttributes, resampled, resizedShape } from './resample.js';

/** What resizes images before a network sees them. The sizes need have no symbol in common. */
export const resizeArea: OpDefinition<1, ResizeAttributes> = {
  name: 'resizeArea',
  summary:
    'x at another size: the mean over the area of each new pixel along an axis that shrinks; linear interpolation between half-pixel centres, edges clamped, along one that grows.',
  operands: ['x'],
  attributes: { shape: 'sizes' },
  infer([x], attributes, demand) {
    wantFloat([x]);
    return [floatOf(resizedShape(x.shape, attributes, demand))];
  },
  evaluate: ([x], _, [shape]) => [resampled(x, shape, areaOrLinear)],
};
