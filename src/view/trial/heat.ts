import { scale, stepOf } from './colour-scale.js';
import type { Mapped } from './messages.js';

/** The least and the greatest value of a map. */
export interface Range {
  readonly least: number;
  readonly greatest: number;
}

export function rangeOf(data: Float32Array): Range {
  let [least, greatest] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const value of data) {
    if (value < least) least = value;
    if (value > greatest) greatest = value;
  }
  return { least, greatest };
}

/** Draws a map as large as the image: each pixel of it has the colour of the nearest that the network saw. */
export function paintHeat(
  canvas: HTMLCanvasElement,
  size: { readonly width: number; readonly height: number },
  { width, height, data }: Mapped,
  { least, greatest }: Range,
): void {
  const pixels = new ImageData(size.width, size.height);
  const bytes = pixels.data.fill(255);
  let at = 0;
  for (let y = 0; y < size.height; y++) {
    const row = width * nearest(y, size.height, height);
    for (let x = 0; x < size.width; x++, at += 4) {
      const colour = 3 * stepOf(data[row + nearest(x, size.width, width)]!, least, greatest);
      for (let c = 0; c < 3; c++) bytes[at + c] = scale[colour + c]!;
    }
  }
  canvas.width = size.width;
  canvas.height = size.height;
  canvas.getContext('2d')!.putImageData(pixels, 0, 0);
}

/** Which of `count` lies under the middle of the i-th of `of`, both over one length. */
const nearest = (i: number, of: number, count: number): number =>
  Math.floor(((2 * i + 1) * count) / (2 * of));

/** Five digits, and no more zeros than it takes. */
export const numberOf = (value: number): string =>
  Math.abs(value) >= 1e5 ? value.toExponential(4) : `${Number(value.toPrecision(5))}`;
