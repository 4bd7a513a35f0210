import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor } from '../values.js';
import {
  forEachInRegions,
  type RegionAttributes,
  regionAttributes,
  regionShape,
} from './regions.js';

export const adaptiveMaxPoolGradient: OpDefinition<3, RegionAttributes> = {
  name: 'adaptiveMaxPoolGradient',
  summary:
    'The gradient of y = adaptiveMaxPool(x) with respect to x: g goes to the largest element of each region; of equal ones, to the first along the axis.',
  operands: ['x', 'y', 'g'],
  attributes: regionAttributes,
  infer([x, y, g], attributes) {
    wantFloat([x, y, g]);
    const pooled = regionShape(x.shape, attributes);
    wantShape(y.shape, pooled, 'the pooled input', 1);
    wantShape(g.shape, pooled, 'the gradient', 2);
    return [x];
  },
  evaluate([x, y, g], attributes, [shape]) {
    const dx = emptyTensor(shape);
    const given = new Uint8Array(y.data.length);
    forEachInRegions(shape, attributes, (xi, yi) => {
      if (given[yi] || x.data[xi] !== y.data[yi]) return;
      given[yi] = 1;
      dx.data[xi]! += g.data[yi]!;
    });
    return [dx];
  },
};
