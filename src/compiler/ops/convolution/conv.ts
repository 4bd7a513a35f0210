import { evaluateShape } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  type ConvAttributes,
  convAttributes,
  convShape,
  forEachProductRow,
  productsOf,
} from './geometry.js';

export const conv: OpDefinition<2, ConvAttributes> = {
  name: 'conv',
  summary:
    'The cross-correlation of x [N, H, W, Cin] with kernel [height, width, Cin / groups, Cout].',
  kind: 'convolution',
  operands: ['x', 'kernel'],
  attributes: convAttributes,
  infer([x, kernel], attributes, demand) {
    wantFloat([x, kernel]);
    return [floatOf(convShape(x.shape, kernel.shape, attributes, demand))];
  },
  evaluate([x, kernel], attributes, [shape]) {
    const y = emptyTensor(shape);
    forEachProductRow(x.shape, kernel.shape, shape, attributes, (xi, ki, yi, count) => {
      const value = x.data[xi]!;
      for (let c = 0; c < count; c++) y.data[yi + c]! += value * kernel.data[ki + c]!;
    });
    return [y];
  },
  gradient(b, { operands: [x, kernel] }, [g], attributes) {
    const extents = evaluateShape(kernel.type.shape, {});
    // The kernel's first: x may go before its own gradient comes.
    const [ofKernel] = b.apply(b.ops.convKernelGradient, [x, g], { ...attributes, shape: extents });
    return [
      b.apply(b.ops.convTranspose, [g, kernel], { ...attributes, shape: x.type.shape })[0],
      ofKernel,
    ];
  },
  multiplyAdds: ([, kernel], _, [y]) => productsOf(kernel, y),
};
