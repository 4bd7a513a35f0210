import type { ConvAttributes } from '../../../ops/convolution/geometry.js';
import type { convolutionOps } from '../../../ops/convolution/index.js';
import { fixedValue, plus, type Shape } from '../../../sizes/size.js';
import type { Emitter } from '../emitter.js';
import { type Attrs, integer, integers, type Tensor, text, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import type { LoweringsOf } from './lowering.js';

const int32 = type(DataType.int32);

/** Of `torch` padding, on every side. */
const bordersOf = (kernel: Shape, dilations: readonly number[]): readonly number[] =>
  [0, 1].map((axis) => (dilations[axis]! * ((fixedValue(kernel[axis]!) as number) - 1)) / 2);

/** `torch` padding is TensorFlow's at stride 1; above that the odd pixel falls on the other side. */
function paddingAttrs(kernel: Shape, { strides, dilations, padding }: ConvAttributes): Attrs {
  if (padding !== 'torch') return { padding: text(padding.toUpperCase()) };
  if (strides.every((stride) => stride === 1)) return { padding: text('SAME') };
  const [height, width] = bordersOf(kernel, dilations);
  return {
    padding: text('EXPLICIT'),
    explicit_paddings: integers([0, 0, height!, height!, width!, width!, 0, 0]),
  };
}

/**
 * With explicit padding the gradients have kernels that take neither groups nor dilations, so that x is padded by a
 * node of its own: the border of x in height and width, 0 where there is none, and the convolution within it.
 */
function bordered(
  kernel: Shape,
  attributes: ConvAttributes,
): { readonly border: readonly number[]; readonly within: ConvAttributes } {
  const { strides, dilations, padding } = attributes;
  if (padding !== 'torch' || Math.max(...strides) === 1)
    return { border: [0, 0], within: attributes };
  return { border: bordersOf(kernel, dilations), within: { ...attributes, padding: 'valid' } };
}

/**
 * A kernel of one pixel reads every stride-th pixel of x under any padding. They are taken out first: with strides,
 * oneDNN's gradient of such a kernel differs from call to call on the same operands (seen with x [1, 4, 2, 2], strides
 * [1, 2] and one channel of g).
 */
function unstrided(
  e: Emitter,
  x: Tensor,
  [height, width]: readonly number[],
  attributes: ConvAttributes,
): { readonly x: Tensor; readonly within: ConvAttributes } {
  const { strides } = attributes;
  if (height! * width! > 1 || Math.max(...strides) === 1) return { x, within: attributes };
  const all = e.integers([0, 0, 0, 0]);
  const everyAxis = integer(0b1111);
  const taken = e.float('StridedSlice', [x, all, all, e.integers([1, ...strides, 1])], {
    Index: int32,
    begin_mask: everyAxis,
    end_mask: everyAxis,
  });
  return { x: taken, within: { ...attributes, strides: [1, 1], padding: 'valid' } };
}

/**
 * Whether oneDNN gives wrong numbers where the result is one column wide, which only the image decides: one channel and
 * strides that differ (seen with x [2, 4, 3, 1], a 3x3 kernel and strides [1, 2]).
 */
const isMisread = (kernel: Shape, { strides, groups }: ConvAttributes): boolean =>
  groups === 1 && fixedValue(kernel[2]!) === 1 && strides[0] !== strides[1];

/** x and the kernel with a second channel of zeros, which changes no result. Not by `Pad`: TensorFlow takes it for a border. */
const widened = (e: Emitter, [x, kernel]: readonly [Tensor, Tensor]): readonly Tensor[] =>
  ([x, kernel] as const).map((tensor, i) => {
    const zeros = e.float('ZerosLike', [tensor]);
    return e.float('ConcatV2', [tensor, zeros, e.integer(3 - i)], { N: integer(2) });
  });

const convAttrs = (kernel: Shape, attributes: ConvAttributes): Attrs => ({
  strides: integers([1, ...attributes.strides, 1]),
  dilations: integers([1, ...attributes.dilations, 1]),
  ...paddingAttrs(kernel, attributes),
});

/** Groups are not an attribute: TensorFlow reads them from the channels of input and kernel. */
export const convolutionLowerings: LoweringsOf<typeof convolutionOps> = {
  conv: (e, operands, attributes, { operands: [, kernel] }) =>
    e.float(
      'Conv2D',
      isMisread(kernel.type.shape, attributes) ? widened(e, operands) : operands,
      convAttrs(kernel.type.shape, attributes),
    ),

  convTranspose(e, [g, kernel], { shape, ...attributes }, { operands: [, filter] }) {
    const { border, within } = bordered(filter.type.shape, attributes);
    const whole = shape.map((size, axis) => plus(size, 2 * (border[axis - 1] ?? 0)));
    const attrs = convAttrs(filter.type.shape, within);
    const x = e.float('Conv2DBackpropInput', [e.shape(whole), kernel, g], attrs);
    if (border[0]! + border[1]! === 0) return x;
    const begin = e.integers([0, ...border, 0]);
    return e.float('Slice', [x, begin, e.shape(shape)], { Index: int32 });
  },

  convKernelGradient(e, [x, g], { shape, ...attributes }, { results: [filter] }) {
    const { x: read, within } = unstrided(e, x, shape, attributes);
    const { border, within: dense } = bordered(filter.type.shape, within);
    const [height, width] = border;
    const borders = [0, 0, height!, height!, width!, width!, 0, 0];
    const padded =
      height! + width! === 0 ? read : e.float('Pad', [read, e.builder.ints(borders, [4, 2])]);
    const attrs = convAttrs(filter.type.shape, dense);
    return e.float('Conv2DBackpropFilter', [padded, e.integers(shape), g], attrs);
  },
};
