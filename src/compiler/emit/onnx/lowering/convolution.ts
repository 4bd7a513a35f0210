import type { Value } from '../../../ir/graph.js';
import type { ConvAttributes } from '../../../ops/convolution/geometry.js';
import type { convolutionOps } from '../../../ops/convolution/index.js';
import { fixedValue, type Shape } from '../../../sizes/size.js';
import { type AxisPadding, paddingOf } from '../../padding.js';
import type { Emitter } from '../emitter.js';
import type { Attributes, Tensor } from '../graph.js';
import { int, ints } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

const atLeast0 = (n: number): number => Math.max(n, 0);

/** Those of both sides, before them the ones of the begin: ONNX's order. */
export const padsOf = (padding: readonly AxisPadding[]): readonly number[] => [
  ...padding.map(({ before }) => before),
  ...padding.map(({ after }) => atLeast0(after)),
];

function convAttrs(
  kernel: Value,
  { strides, dilations, groups, padding }: ConvAttributes,
  large: Shape,
  small: Shape,
): { readonly attributes: Attributes; readonly padding: readonly AxisPadding[] } {
  const taps = kernel.type.shape.slice(0, 2).map((size) => fixedValue(size) as number);
  const pads = paddingOf(large, small, { taps, strides, dilations, padding });
  return {
    padding: pads,
    attributes: {
      kernel_shape: ints(taps),
      strides: ints(strides),
      dilations: ints(dilations),
      group: int(groups),
      pads: ints(padsOf(pads)),
    },
  };
}

/** The bias that follows and nothing else reads the result of, where there is one. */
const biasOf = (e: Emitter, { id }: Value): readonly Tensor[] => {
  const bias = e.biases.get(id);
  return bias ? [e.get(bias)] : [];
};

export const convolutionEntries: EntriesOf<typeof convolutionOps> = {
  conv(e, { operands: [x, kernel], results: [y] }, attributes) {
    const inputs = [e.get(x), e.get(kernel, 'oihw'), ...biasOf(e, y)];
    const large = x.type.shape;
    return e.add('Conv', inputs, convAttrs(kernel, attributes, large, y.type.shape).attributes);
  },

  convTranspose(e, { operands: [g, kernel], results: [y] }, attributes) {
    const inputs = [e.get(g), e.get(kernel, 'oihw'), ...biasOf(e, y)];
    const made = convAttrs(kernel, attributes, y.type.shape, g.type.shape);
    // Elements that no window of the convolution covers: what is to be added to the result.
    const beyond = made.padding.map(({ after }) => atLeast0(-after));
    return e.add('ConvTranspose', inputs, { ...made.attributes, output_padding: ints(beyond) });
  },

  convKernelGradient: trainingOnly,
};
