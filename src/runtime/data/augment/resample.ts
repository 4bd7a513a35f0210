import { notJudged, type Sample } from '../sample.js';
import type { Coordinates } from './places.js';

/** One patch, [size, size]: values as those of the image, and classes. */
export interface Patch {
  readonly image: Float32Array;
  readonly mask: Uint8Array;
  /** Which pixels show the field of view, also in the image's mirror image. */
  readonly field: Uint8Array;
  /** Which of them lie in the image and were judged. */
  readonly counts: Uint8Array;
}

export const emptyPatch = (size: number, channels: number): Patch => ({
  image: new Float32Array(size * size * channels),
  mask: new Uint8Array(size * size),
  field: new Uint8Array(size * size),
  counts: new Uint8Array(size * size),
});

/** Takes the patch whose pixels lie on pixels of the image, none outside. */
export function copyPatch(
  { image, mask, fov }: Sample,
  { x, y }: Coordinates,
  left: number,
  top: number,
  patch: Patch,
): void {
  const { channels, data, width } = image;
  for (let i = 0; i < x.length; i++) {
    const pixel = (top + y[i]!) * width + left + x[i]!;
    for (let c = 0; c < channels; c++) patch.image[i * channels + c] = data[pixel * channels + c]!;
    patch.mask[i] = mask.data[pixel]!;
    patch.field[i] = fov ? fov.data[pixel]! : 1;
    patch.counts[i] = mask.data[pixel] === notJudged ? 0 : patch.field[i]!;
  }
}

/**
 * Takes the patch whose pixels lie anywhere: bilinear for the image, the nearest pixel for mask and field of view. Outside
 * the image its mirror image stands, and no pixel counts.
 */
export function resamplePatch(
  { image, mask, fov }: Sample,
  { x, y }: Coordinates,
  left: number,
  top: number,
  patch: Patch,
): void {
  const { channels, data, width, height } = image;
  for (let i = 0; i < x.length; i++) {
    const [across, down] = [left + x[i]!, top + y[i]!];
    const [column, row] = [Math.floor(across), Math.floor(down)];
    const [right, below] = [across - column, down - row];
    const x0 = reflected(column, width) * channels;
    const x1 = reflected(column + 1, width) * channels;
    const y0 = reflected(row, height) * width * channels;
    const y1 = reflected(row + 1, height) * width * channels;
    for (let c = 0; c < channels; c++) {
      const upper = data[y0 + x0 + c]! * (1 - right) + data[y0 + x1 + c]! * right;
      const lower = data[y1 + x0 + c]! * (1 - right) + data[y1 + x1 + c]! * right;
      patch.image[i * channels + c] = upper * (1 - below) + lower * below;
    }
    const [nearX, nearY] = [Math.round(across), Math.round(down)];
    const outside = nearX < 0 || nearY < 0 || nearX >= width || nearY >= height;
    const pixel = reflected(nearY, height) * width + reflected(nearX, width);
    patch.mask[i] = mask.data[pixel]!;
    patch.field[i] = fov ? fov.data[pixel]! : 1;
    patch.counts[i] = outside || mask.data[pixel] === notJudged ? 0 : patch.field[i]!;
  }
}

/** Reflected at the border, so that the edge pixel stands twice: -1 is pixel 0, as often as needed. */
function reflected(at: number, size: number): number {
  if (at >= 0 && at < size) return at;
  const period = 2 * size;
  const turn = ((at % period) + period) % period;
  return turn < size ? turn : period - 1 - turn;
}
