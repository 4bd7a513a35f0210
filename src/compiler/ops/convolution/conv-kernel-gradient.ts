import { fixed } from '../../sizes/size.js';
import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  type ConvAttributes,
  convAttributes,
  convShape,
  forEachProductRow,
  productsOf,
} from './geometry.js';

/** `shape` is the kernel's: x and g alone do not tell it where the stride is above 1. */
export type ConvKernelGradientAttributes = ConvAttributes & { readonly shape: readonly number[] };

export const convKernelGradient: OpDefinition<2, ConvKernelGradientAttributes> = {
  name: 'convKernelGradient',
  summary:
    'The gradient of conv(x, kernel) with respect to the kernel; g is the gradient with respect to the result.',
  operands: ['x', 'g'],
  attributes: { ...convAttributes, shape: 'numbers' },
  infer([x, g], attributes) {
    wantFloat([x, g]);
    const kernel = attributes.shape.map(fixed);
    // The convolution itself has noted its demands.
    wantShape(
      g.shape,
      convShape(x.shape, kernel, attributes, () => {}),
      'the gradient',
      1,
    );
    return [floatOf(kernel)];
  },
  evaluate([x, g], attributes, [shape]) {
    const kernel = emptyTensor(shape);
    forEachProductRow(x.shape, shape, g.shape, attributes, (xi, ki, gi, count) => {
      const value = x.data[xi]!;
      for (let c = 0; c < count; c++) kernel.data[ki + c]! += value * g.data[gi + c]!;
    });
    return [kernel];
  },
  multiplyAdds: ([, g], { shape }) => productsOf(shape, g),
};
