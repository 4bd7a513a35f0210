import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  forEachInRegions,
  type RegionAttributes,
  regionAttributes,
  regionShape,
} from './regions.js';

export const adaptiveAveragePool: OpDefinition<1, RegionAttributes> = {
  name: 'adaptiveAveragePool',
  summary:
    "The mean over each of `parts` regions of an axis, from floor(i size / parts) to ceil((i + 1) size / parts): PyTorch's, one axis at a time.",
  operands: ['x'],
  attributes: regionAttributes,
  infer([x], attributes) {
    wantFloat([x]);
    return [floatOf(regionShape(x.shape, attributes))];
  },
  evaluate([x], attributes, [shape]) {
    const y = emptyTensor(shape);
    forEachInRegions(x.shape, attributes, (xi, yi, count) => {
      y.data[yi]! += x.data[xi]! / count;
    });
    return [y];
  },
  gradient: (b, { operands: [x] }, [g], attributes) =>
    b.apply(b.ops.adaptiveAveragePoolGradient, [g], { ...attributes, shape: x.type.shape }),
};
