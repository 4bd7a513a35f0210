import { sizeOf } from '../../../../compiler/ops/values.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import { correlate, type KernelPlacement, pair, type Sides, transposed } from './correlate.js';
import { reshaped } from './host.js';

/**
 * The gradient of a convolution's kernel, or of one group's share of it: a product of matrices where that is the faster way, which it is but
 * for strides, and for maps of few pixels in batches of many.
 */
export function kernelGradient(
  k: Kernels,
  x: WasmTensor,
  g: WasmTensor,
  placement: KernelPlacement,
  taps: Extents,
): WasmTensor {
  const isPixel = sizeOf(taps.slice(0, 2)) === 1;
  const isLarge = sizeOf(placement.positions) >= 16 * x.shape[0]!;
  return sizeOf(placement.strides) === 1 && (isPixel || isLarge)
    ? asProduct(k, x, g, placement, taps)
    : asConvolution(k, x, g, placement, taps);
}

/**
 * As a convolution of channels over batches, with g for a kernel: a stride of the convolution is a dilation of this one,
 * and the other way round.
 */
function asConvolution(
  k: Kernels,
  x: WasmTensor,
  g: WasmTensor,
  { strides, dilations, before }: KernelPlacement,
  taps: Extents,
): WasmTensor {
  const images = transposed(k, x, [3, 1, 2, 0]);
  const gradient = correlate(k, images, transposed(k, g, [1, 2, 0, 3]), {
    strides: dilations,
    dilations: strides,
    before,
    positions: [taps[0]!, taps[1]!],
  });
  return transposed(k, gradient, [1, 2, 0, 3]);
}

/** How many elements of shifted images are multiplied at once: what a processor's cache holds. */
const blockSize = 2 ** 20;

/**
 * [taps C, P] x [P, D] over the P pixels of all images, of which the first has a row for each tap and channel: the channel shifted
 * so that what the tap reads lies where its g does. x has the zeros around it that the taps reach, and g zeros in the places of
 * those, so that a shift may run over the end of a line or an image. Some pixels at a time.
 */
function asProduct(
  k: Kernels,
  x: WasmTensor,
  g: WasmTensor,
  { dilations, before, positions }: KernelPlacement,
  taps: Extents,
): WasmTensor {
  const [channels, features] = [x.shape[3]!, g.shape[3]!];
  const reach = pair((axis) => (taps[axis]! - 1) * dilations[axis]!);
  const sides = pair((axis) => positions[axis]! + reach[axis]!);
  const pixels = x.shape[0]! * sizeOf(sides);
  const image = transposed(k, reshaped(k, framed(k, x, before, sides), [pixels, channels]), [1, 0]);
  const gradient = framed(k, g, [0, 0], sides);
  const shifts = Array.from({ length: taps[0]! * taps[1]! }, (_, tap) => {
    const [row, column] = [Math.floor(tap / taps[1]!), tap % taps[1]!];
    return row * dilations[0]! * sides[1]! + column * dilations[1]!;
  });
  const rows = shifts.length * channels;
  const sum = k.make([rows, features]);
  k.view(sum).fill(0);
  const length = Math.max(Math.floor(blockSize / rows), 128);
  for (let begin = 0; begin < pixels; begin += length) {
    const count = Math.min(length, pixels - begin);
    k.within(() => {
      const a = shifted(k, image, shifts, begin, count);
      const b = k.make([1, count, features]);
      k.view(b).set(k.view(gradient).subarray(begin * features, (begin + count) * features));
      const product = k.run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
      const [to, from] = [k.view(sum), k.view(product)];
      for (let i = 0; i < to.length; i++) to[i]! += from[i]!;
      return [];
    });
  }
  return reshaped(k, sum, [taps[0]!, taps[1]!, channels, features]);
}

/** x with `before` rows and columns of zeros before it, and as many behind it as make it as large as `sides`. */
function framed(k: Kernels, x: WasmTensor, before: Sides, sides: Sides): WasmTensor {
  const [lines, columns] = [0, 1].map((axis) => [
    before[axis],
    sides[axis]! - x.shape[axis + 1]! - before[axis]!,
  ]);
  return k.run('PadV2', { x }, { paddings: [[0, 0], lines, columns, [0, 0]], constantValue: 0 });
}

/** Of an image [C, P] the pixels from `begin` on, one copy a shift: [1, shifts C, count], zeros behind the last pixel. */
function shifted(
  k: Kernels,
  image: WasmTensor,
  shifts: readonly number[],
  begin: number,
  count: number,
): WasmTensor {
  const [channels, pixels] = image.shape;
  const copies = k.make([1, shifts.length * channels!, count]);
  const [to, from] = [k.view(copies), k.view(image)];
  let at = 0;
  for (const shift of shifts) {
    const there = Math.min(Math.max(pixels! - begin - shift, 0), count);
    for (let c = 0; c < channels!; c++, at += count) {
      const first = c * pixels! + begin + shift;
      to.set(from.subarray(first, first + there), at);
      to.fill(0, at + there, at + count);
    }
  }
  return copies;
}
