import { floorOf } from '../sizes/rounded.js';
import {
  dividedBy,
  type Extents,
  fixed,
  fixedValue,
  plus,
  printSize,
  type Size,
} from '../sizes/size.js';
import { type Demand, ShapeError } from './definition.js';
import { fourOf } from './values.js';

/**
 * `same`: TensorFlow's, as many positions as strides begin in the input, an odd pixel of padding after it.
 * `valid`: none. `torch`: PyTorch's `padding = dilation * (taps - 1) / 2` on both sides.
 */
export type Padding = 'same' | 'valid' | 'torch';

/** A window that slides along one axis. `floor` is `valid` for any size: what no whole stride reaches is left out. */
export interface Window {
  readonly taps: number;
  readonly stride: number;
  readonly dilation: number;
  readonly padding: Padding | 'floor';
}

/** Along the height and along the width. */
export type Windows = readonly [Window, Window];

const isCount = (n: number | undefined): n is number =>
  n !== undefined && Number.isInteger(n) && n >= 1;

/** Throws `ShapeError` on a window that is none: a stride of 0, `torch` padding of an even kernel. */
export function windowsOf(
  taps: readonly number[],
  strides: readonly number[],
  dilations: readonly number[],
  padding: Window['padding'],
): Windows {
  const along = (axis: number): Window => {
    const [size, stride, dilation] = [taps[axis], strides[axis], dilations[axis]];
    if (!isCount(size) || !isCount(stride) || !isCount(dilation)) {
      throw new ShapeError({ kind: 'counts', window: size!, stride: stride!, dilation: dilation! });
    }
    if (padding === 'torch' && size % 2 === 0)
      throw new ShapeError({ kind: 'oddWindow', of: 'kernel', size });
    return { taps: size, stride, dilation, padding };
  };
  return [along(0), along(1)];
}

const spanOf = ({ taps, dilation }: Window): number => dilation * (taps - 1) + 1;

/**
 * How many positions the window has along an axis of `size` (sizes-4). Demands that the stride divides what it walks over;
 * where a constant size is not divided, the count is still right.
 */
export function positionsOf(size: Size, window: Window, demand: Demand): Size {
  const { stride, padding } = window;
  const valid = padding === 'valid' || padding === 'floor';
  const exact = dividedBy(valid ? plus(size, -spanOf(window)) : size, stride);
  const steps = padding === 'floor' ? floorOf(exact) : exact;
  if (stride !== 1 && padding !== 'floor') demand(steps);
  const constant = fixedValue(steps);
  if (constant === undefined) return valid ? plus(steps, 1) : steps;
  const count = valid ? Math.floor(constant) + 1 : Math.ceil(constant);
  if (count >= 1) return fixed(count);
  throw new ShapeError({ kind: 'window', span: spanOf(window), size: printSize(size) }, [0]);
}

/** The padding before an axis of `extent` where the window has `positions`. */
export function paddingBefore(extent: number, positions: number, window: Window): number {
  const { padding, stride } = window;
  if (padding === 'valid' || padding === 'floor') return 0;
  if (padding === 'torch') return (spanOf(window) - 1) / 2;
  return Math.floor(Math.max((positions - 1) * stride + spanOf(window) - extent, 0) / 2);
}

/** The coordinate in the input of each tap at each position, -1 where it falls on padding. */
function coordinatesOf(extent: number, positions: number, window: Window): Int32Array {
  const before = paddingBefore(extent, positions, window);
  return Int32Array.from({ length: positions * window.taps }, (_, i) => {
    const [position, tap] = [Math.floor(i / window.taps), i % window.taps];
    const coordinate = position * window.stride - before + tap * window.dilation;
    return coordinate >= 0 && coordinate < extent ? coordinate : -1;
  });
}

/**
 * Visits every pixel that every window covers, in row-major order of the output, then of the window.
 * Pixels are counted over `[batch, height, width]`, taps over the window; what falls on padding is left out.
 */
export function forEachTap(
  input: Extents,
  output: Extents,
  [vertical, horizontal]: Windows,
  visit: (inputPixel: number, tap: number, outputPixel: number) => void,
): void {
  const [batch, height, width] = fourOf(input);
  const [, rows, columns] = fourOf(output);
  const ys = coordinatesOf(height, rows, vertical);
  const xs = coordinatesOf(width, columns, horizontal);
  for (let outputPixel = 0; outputPixel < batch * rows * columns; outputPixel++) {
    const column = outputPixel % columns;
    const row = Math.floor(outputPixel / columns) % rows;
    const image = Math.floor(outputPixel / (columns * rows));
    for (let tap = 0; tap < vertical.taps * horizontal.taps; tap++) {
      const y = ys[row * vertical.taps + Math.floor(tap / horizontal.taps)]!;
      const x = xs[column * horizontal.taps + (tap % horizontal.taps)]!;
      if (y >= 0 && x >= 0) visit((image * height + y) * width + x, tap, outputPixel);
    }
  }
}
