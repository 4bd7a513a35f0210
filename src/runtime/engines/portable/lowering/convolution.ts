import type { convolutionOps } from '../../../../compiler/ops/convolution/index.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import { correlate, type KernelPlacement, pair, placementOf, type Sides } from './correlate.js';
import { computed } from './host.js';
import { kernelGradient } from './kernel-gradient.js';
import type { LoweringsOf } from './lowering.js';

/** `strides - 1` zeros between the pixels of g. */
function spreadOut(k: Kernels, g: WasmTensor, strides: Sides): WasmTensor {
  if (strides[0] === 1 && strides[1] === 1) return g;
  const [batch, rows, columns, channels] = g.shape;
  const [height, width] = [(rows! - 1) * strides[0]! + 1, (columns! - 1) * strides[1]! + 1];
  const [spread] = computed(k, [[batch!, height, width, channels!]], [g], ([to], [from]) => {
    to!.fill(0);
    for (let pixel = 0; pixel < batch! * rows! * columns!; pixel++) {
      const [line, column] = [Math.floor(pixel / columns!), pixel % columns!];
      const top = Math.floor(line / rows!) * height + (line % rows!) * strides[0]!;
      const place = (top * width + column * strides[1]!) * channels!;
      to!.set(from!.subarray(pixel * channels!, (pixel + 1) * channels!), place);
    }
  });
  return spread!;
}

/**
 * The taps in the opposite order, inputs and outputs in each other's place. One pass in JavaScript: `Reverse` and `Transpose`
 * take up to ten times as long, with many channels more than the convolution itself.
 */
function flipped(k: Kernels, kernel: WasmTensor): WasmTensor {
  const [height, width, inputs, outputs] = kernel.shape;
  const tap = inputs! * outputs!;
  const [result] = computed(k, [[height!, width!, outputs!, inputs!]], [kernel], ([to], [from]) => {
    for (let begin = 0; begin < to!.length; begin += tap) {
      let next = to!.length - tap - begin;
      for (let c = 0; c < inputs!; c++)
        for (let d = 0; d < outputs!; d++) to![begin + d * inputs! + c] = from![next++]!;
    }
  });
  return result!;
}

/** As a convolution with the flipped kernel: the kernel of tfjs for this is ten times as slow. */
function inputGradient(
  k: Kernels,
  g: WasmTensor,
  kernel: WasmTensor,
  { strides, dilations, before }: KernelPlacement,
  x: Extents,
): WasmTensor {
  return correlate(k, spreadOut(k, g, strides), flipped(k, kernel), {
    strides: [1, 1],
    dilations,
    before: pair((axis) => (kernel.shape[axis]! - 1) * dilations[axis]! - before[axis]!),
    positions: [x[1]!, x[2]!],
  });
}

/** Groups share the last axis of images and kernels, and of every result. */
function byGroup(
  k: Kernels,
  groups: number,
  tensors: readonly [WasmTensor, WasmTensor],
  each: (a: WasmTensor, b: WasmTensor) => WasmTensor,
): WasmTensor {
  if (groups === 1) return each(...tensors);
  const results = Array.from({ length: groups }, (_, group) => {
    const [a, b] = tensors.map((x) => {
      const share = x.shape[3]! / groups;
      const size = [...x.shape.slice(0, 3), share];
      return k.run('Slice', { x }, { begin: [0, 0, 0, group * share], size });
    });
    return each(a!, b!);
  });
  return k.run('Concat', results, { axis: 3 });
}

export const convolutionLowerings: LoweringsOf<typeof convolutionOps> = {
  conv(k, [x, kernel], attributes, [y]) {
    const placement = placementOf(x.shape, kernel.shape, y, attributes);
    return byGroup(k, attributes.groups, [x, kernel], (image, filter) =>
      correlate(k, image, filter, placement),
    );
  },

  convTranspose(k, [g, kernel], attributes, [x]) {
    const placement = placementOf(x, kernel.shape, g.shape, attributes);
    return byGroup(k, attributes.groups, [g, kernel], (gradient, filter) =>
      inputGradient(k, gradient, filter, placement, x),
    );
  },

  convKernelGradient(k, [x, g], attributes, [taps]) {
    const placement = placementOf(x.shape, taps, g.shape, attributes);
    return byGroup(k, attributes.groups, [x, g], (image, gradient) =>
      kernelGradient(k, image, gradient, placement, taps),
    );
  },
};
