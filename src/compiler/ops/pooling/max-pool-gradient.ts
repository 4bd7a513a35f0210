import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor } from '../values.js';
import { forEachPooled, type PoolAttributes, poolAttributes, poolShape } from './geometry.js';

export const maxPoolGradient: OpDefinition<3, PoolAttributes> = {
  name: 'maxPoolGradient',
  summary:
    'The gradient of y = maxPool(x) with respect to x: g goes to the largest element of each window; of equal ones, to the first in row-major order.',
  operands: ['x', 'y', 'g'],
  attributes: poolAttributes,
  infer([x, y, g], attributes) {
    wantFloat([x, y, g]);
    const pooled = poolShape(x.shape, attributes, () => {});
    wantShape(y.shape, pooled, 'the pooled input', 1);
    wantShape(g.shape, pooled, 'the gradient', 2);
    return [x];
  },
  evaluate([x, y, g], attributes, [shape]) {
    const dx = emptyTensor(shape);
    const given = new Uint8Array(y.data.length);
    forEachPooled(shape, y.shape, attributes, (xi, yi) => {
      if (given[yi] || x.data[xi] !== y.data[yi]) return;
      given[yi] = 1;
      dx.data[xi]! += g.data[yi]!;
    });
    return [dx];
  },
};
