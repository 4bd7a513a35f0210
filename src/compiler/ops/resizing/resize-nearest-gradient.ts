import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { nearest, type ResizeAttributes, resizedShape, sharedOut } from './resample.js';

export const resizeNearestGradient: OpDefinition<1, ResizeAttributes> = {
  name: 'resizeNearestGradient',
  summary:
    'The gradient of resizeNearest(x) with respect to x, with the shape of x: every sample returns its share of g.',
  operands: ['g'],
  attributes: { shape: 'sizes' },
  // The resize itself has noted its demands.
  infer([g], attributes) {
    wantFloat([g]);
    return [floatOf(resizedShape(g.shape, attributes, () => {}))];
  },
  evaluate: ([g], _, [shape]) => [sharedOut(g, shape, nearest)],
};
