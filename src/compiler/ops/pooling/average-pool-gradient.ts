import type { Size } from '../../sizes/size.js';
import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  countsOf,
  forEachPooled,
  type PoolAttributes,
  poolAttributes,
  poolShape,
} from './geometry.js';

/** `shape` is that of the input of `averagePool`. */
export type AveragePoolGradientAttributes = PoolAttributes & { readonly shape: readonly Size[] };

export const averagePoolGradient: OpDefinition<1, AveragePoolGradientAttributes> = {
  name: 'averagePoolGradient',
  summary:
    'The gradient of averagePool(x) with respect to x: g is shared equally among the elements of each window.',
  operands: ['g'],
  attributes: { ...poolAttributes, shape: 'sizes' },
  infer([g], attributes) {
    wantFloat([g]);
    const pooled = poolShape(attributes.shape, attributes, () => {});
    wantShape(g.shape, pooled, 'the gradient', 0);
    return [floatOf(attributes.shape)];
  },
  evaluate([g], attributes, [shape]) {
    const dx = emptyTensor(shape);
    const counts = countsOf(shape, g.shape, attributes);
    forEachPooled(shape, g.shape, attributes, (xi, gi) => {
      dx.data[xi]! += g.data[gi]! / counts[gi]!;
    });
    return [dx];
  },
};
