import { evaluateShape, type Size } from '../../sizes/size.js';
import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  type ConvAttributes,
  convAttributes,
  convAttributesOf,
  convShape,
  forEachProductRow,
  productsOf,
} from './geometry.js';

/** `shape` is the result's, as several inputs of a convolution have the same output sizes. */
export type ConvTransposeAttributes = ConvAttributes & { readonly shape: readonly Size[] };

export const convTranspose: OpDefinition<2, ConvTransposeAttributes> = {
  name: 'convTranspose',
  summary:
    'The transpose of the linear map x -> conv(x, kernel), applied to g: the input gradient of conv, and ConvTranspose.',
  kind: 'convolution',
  operands: ['g', 'kernel'],
  attributes: { ...convAttributes, shape: 'sizes' },
  infer([g, kernel], attributes) {
    wantFloat([g, kernel]);
    // The sizes were multiplied, or demanded by the convolution this is the gradient of.
    const wanted = convShape(attributes.shape, kernel.shape, attributes, () => {});
    wantShape(g.shape, wanted, 'the input', 0);
    return [floatOf(attributes.shape)];
  },
  evaluate([g, kernel], attributes, [shape]) {
    const x = emptyTensor(shape);
    forEachProductRow(shape, kernel.shape, g.shape, attributes, (xi, ki, gi, count) => {
      let sum = 0;
      for (let c = 0; c < count; c++) sum += g.data[gi + c]! * kernel.data[ki + c]!;
      x.data[xi]! += sum;
    });
    return [x];
  },
  gradient(b, { operands: [g, kernel] }, [cotangent], attributes) {
    const shared = convAttributesOf(attributes);
    const extents = evaluateShape(kernel.type.shape, {});
    return [
      b.apply(b.ops.conv, [cotangent, kernel], shared)[0],
      b.apply(b.ops.convKernelGradient, [cotangent, g], { ...shared, shape: extents })[0],
    ];
  },
  multiplyAdds: ([g, kernel]) => productsOf(kernel, g),
};
