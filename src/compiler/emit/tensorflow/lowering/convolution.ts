import type { ConvAttributes } from '../../../ops/convolution/geometry.js';
import type { convolutionOps } from '../../../ops/convolution/index.js';
import { fixedValue, type Shape } from '../../../shapes/size.js';
import { type Attrs, integers, text } from '../graphdef.js';
import type { LoweringsOf } from './lowering.js';

/** `torch` padding is TensorFlow's at stride 1; above that the odd pixel falls on the other side. */
function paddingAttrs(kernel: Shape, { strides, dilations, padding }: ConvAttributes): Attrs {
  if (padding !== 'torch') return { padding: text(padding.toUpperCase()) };
  if (strides.every((stride) => stride === 1)) return { padding: text('SAME') };
  const [height, width] = [0, 1].map(
    (axis) => (dilations[axis] * ((fixedValue(kernel[axis]) as number) - 1)) / 2,
  );
  return {
    padding: text('EXPLICIT'),
    explicit_paddings: integers([0, 0, height, height, width, width, 0, 0]),
  };
}

const convAttrs = (kernel: Shape, attributes: ConvAttributes): Attrs => ({
  strides: integers([1, ...attributes.strides, 1]),
  dilations: integers([1, ...attributes.dilations, 1]),
  ...paddingAttrs(kernel, attributes),
});

/** Groups are not an attribute: TensorFlow reads them from the channels of input and kernel. */
export const convolutionLowerings: LoweringsOf<typeof convolutionOps> = {
  conv: (e, operands, attributes, { operands: [, kernel] }) =>
    e.float('Conv2D', operands, convAttrs(kernel.type.shape, attributes)),

  convTranspose: (e, [g, kernel], attributes, { operands: [, { type }] }) =>
    e.float(
      'Conv2DBackpropInput',
      [e.shape(attributes.shape), kernel, g],
      convAttrs(type.shape, attributes),
    ),

  convKernelGradient: (e, [x, g], attributes, { results: [{ type }] }) =>
    e.float(
      'Conv2DBackpropFilter',
      [x, e.integers(attributes.shape), g],
      convAttrs(type.shape, attributes),
    ),
};
