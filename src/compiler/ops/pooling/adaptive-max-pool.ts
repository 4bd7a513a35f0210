import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  forEachInRegions,
  type RegionAttributes,
  regionAttributes,
  regionShape,
} from './regions.js';

export const adaptiveMaxPool: OpDefinition<1, RegionAttributes> = {
  name: 'adaptiveMaxPool',
  summary:
    'The largest element of each region of an axis, with the regions of adaptiveAveragePool.',
  operands: ['x'],
  attributes: regionAttributes,
  infer([x], attributes) {
    wantFloat([x]);
    return [floatOf(regionShape(x.shape, attributes))];
  },
  evaluate([x], attributes, [shape]) {
    const y = emptyTensor(shape);
    y.data.fill(Number.NEGATIVE_INFINITY);
    forEachInRegions(x.shape, attributes, (xi, yi) => {
      y.data[yi] = Math.max(y.data[yi]!, x.data[xi]!);
    });
    return [y];
  },
  gradient: (b, { operands: [x], results: [y] }, [g], attributes) => [
    b.apply(b.ops.adaptiveMaxPoolGradient, [x, y, g], attributes)[0],
  ],
};
