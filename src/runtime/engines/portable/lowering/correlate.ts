import type { ConvAttributes } from '../../../../compiler/ops/convolution/geometry.js';
import { paddingBefore, windowsOf } from '../../../../compiler/ops/window.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';

/** Two numbers: along the height, along the width. */
export type Sides = readonly number[];

/** How a kernel lies on an image: both gradients are convolutions laid otherwise. */
export interface KernelPlacement {
  readonly strides: Sides;
  readonly dilations: Sides;
  /** Rows and columns of zeros before the image. */
  readonly before: Sides;
  /** How many times the kernel is laid down. */
  readonly positions: Sides;
}

export const pair = (of: (axis: number) => number): Sides => [of(0), of(1)];

/** How a convolution of an image of `x` with a kernel of `taps` that gives `y` is laid; shapes as in the graph. */
export function placementOf(
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
export function correlate(
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

export const transposed = (k: Kernels, x: WasmTensor, perm: readonly number[]): WasmTensor =>
  k.run('Transpose', { x }, { perm });
