import type { Size } from '../../sizes/size.js';
import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  forEachInRegions,
  type RegionAttributes,
  regionAttributes,
  regionShape,
} from './regions.js';

/** `shape` is that of the input of `adaptiveAveragePool`. */
export type AdaptiveAveragePoolGradientAttributes = RegionAttributes & {
  readonly shape: readonly Size[];
};

export const adaptiveAveragePoolGradient: OpDefinition<1, AdaptiveAveragePoolGradientAttributes> = {
  name: 'adaptiveAveragePoolGradient',
  summary:
    'The gradient of adaptiveAveragePool(x) with respect to x: g is shared equally among the elements of each region.',
  operands: ['g'],
  attributes: { ...regionAttributes, shape: 'sizes' },
  infer([g], attributes) {
    wantFloat([g]);
    wantShape(g.shape, regionShape(attributes.shape, attributes), 'the gradient', 0);
    return [floatOf(attributes.shape)];
  },
  evaluate([g], attributes, [shape]) {
    const dx = emptyTensor(shape);
    forEachInRegions(shape, attributes, (xi, gi, count) => {
      dx.data[xi]! += g.data[gi]! / count;
    });
    return [dx];
  },
};
