import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';
import { bilinear, type ResizeAttributes, resizedShape, sharedOut } from './resample.js';

export const resizeBilinearGradient: OpDefinition<1, ResizeAttributes> = {
  name: 'resizeBilinearGradient',
  summary:
    'The gradient of resizeBilinear(x) with respect to x, with the shape of x: every sample returns its share of g.',
  operands: ['g'],
  attributes: { shape: 'sizes' },
  // The resize itself has noted its demands.
  infer([g], attributes) {
    wantFloat([g]);
    return [floatOf(resizedShape(g.shape, attributes, () => {}))];
  },
  evaluate: ([g], _, [shape]) => [sharedOut(g, shape, bilinear)],
};
