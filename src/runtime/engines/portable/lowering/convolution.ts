import type { ConvAttributes } from '../../../../compiler/ops/convolution/geometry.js';
import type { convolutionOps } from '../../../../compiler/ops/convolution/index.js';
import { sizeOf } from '../../../../compiler/ops/values.js';
import { paddingBefore, windowsOf } from '../../../../compiler/ops/window.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import { computed, reshaped } from './host.js';
import type { LoweringsOf } from './lowering.js';

/** Two numbers: along the height, along the width. */
type Sides = readonly number[];

/** How a kernel lies on an image: both gradients are convolutions laid otherwise. */
interface KernelPlacement {
  readonly strides: Sides;
  readonly dilations: Sides;
  /** Rows and columns of zeros before the image. */
  readonly before: Sides;
  /** How many times the kernel is laid down. */
  readonly positions: Sides;
}

const pair = (of: (axis: number) => number): Sides => [of(0), of(1)];

/** How a convolution of an image of `x` with a kernel of `taps` that gives `y` is laid; shapes as in the graph. */
function placementOf(
  x: Extents,
  taps: Extents,
  y: Extents,
  attributes: ConvAttributes,
): KernelPlacement {
  const { strides, dilations, padding } = attributes;
  const windows = windowsOf(taps, strides, dilations, padding);
  return {
    strides,
    dilations,
    before: pair((axis) => paddingBefore(x[axis + 1]!, y[axis + 1]!, windows[axis]!)),
    positions: [y[1]!, y[2]!],
  };
}

/** The wasm kernel: x [N, H, W, C] with taps [h, w, C, D] -> [N, ...positions, D]. */
function correlate(
  k: Kernels,
  x: WasmTensor,
  filter: WasmTensor,
  placement: KernelPlacement,
): WasmTensor {
  const { strides, dilations, before, positions } = placement;
  const after = pair((axis) => {
    const reach =
      (positions[axis]! - 1) * strides[axis]! + (filter.shape[axis]! - 1) * dilations[axis]! + 1;
    return Math.max(reach - x.shape[axis + 1]! - before[axis]!, 0);
  });
  const y = k.run(
    'Conv2D',
    { x, filter },
    {
      strides: [...strides],
      dilations: [...dilations],
      dataFormat: 'NHWC',
      pad: [
        [0, 0],
        [before[0], after[0]],
        [before[1], after[1]],
        [0, 0],
      ],
    },
  );
  // A kernel fits more often than asked where the strides leave a rest of the image.
  const [batch, rows, columns, channels] = y.shape;
  if (rows === positions[0] && columns === positions[1]) return y;
  return k.run('Slice', { x: y }, { begin: [0, 0, 0, 0], size: [batch, ...positions, channels] });
}

const transposed = (k: Kernels, x: WasmTensor, perm: readonly number[]): WasmTensor =>
  k.run('Transpose', { x }, { perm });

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

/** As a convolution with the flipped kernel: the kernel of tfjs for this is ten times as slow. */
function inputGradient(
  k: Kernels,
  g: WasmTensor,
  kernel: WasmTensor,
  { strides, dilations, before }: KernelPlacement,
  x: Extents,
): WasmTensor {
  const flipped = k.run('Reverse', { x: kernel }, { dims: [0, 1] });
  return correlate(k, spreadOut(k, g, strides), transposed(k, flipped, [0, 1, 3, 2]), {
    strides: [1, 1],
    dilations,
    before: pair((axis) => (kernel.shape[axis]! - 1) * dilations[axis]! - before[axis]!),
    positions: [x[1]!, x[2]!],
  });
}

/**
 * As a convolution of channels over batches, with g for a kernel: a stride of the convolution is a dilation of this one,
 * and the other way round. One pixel without strides is a product of matrices.
 */
function kernelGradient(
  k: Kernels,
  x: WasmTensor,
  g: WasmTensor,
  { strides, dilations, before }: KernelPlacement,
  taps: Extents,
): WasmTensor {
  const [channels, features] = [x.shape[3], g.shape[3]];
  if (sizeOf([...taps.slice(0, 2), ...strides]) === 1) {
    const pixels = sizeOf(g.shape.slice(0, 3));
    const a = transposed(k, reshaped(k, x, [pixels, channels!]), [1, 0]);
    const product = k.run(
      'BatchMatMul',
      { a: reshaped(k, a, [1, channels!, pixels]), b: reshaped(k, g, [1, pixels, features!]) },
      { transposeA: false, transposeB: false },
    );
    return reshaped(k, product, [1, 1, channels!, features!]);
  }
  const images = transposed(k, x, [3, 1, 2, 0]);
  const gradient = correlate(k, images, transposed(k, g, [1, 2, 0, 3]), {
    strides: dilations,
    dilations: strides,
    before,
    positions: [taps[0]!, taps[1]!],
  });
  return transposed(k, gradient, [1, 2, 0, 3]);
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
