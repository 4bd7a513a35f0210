import type { Pixels } from './format.js';

/** Whether a picture of this EXIF orientation is shown with its sides exchanged. */
const swapsSides = (orientation: number | undefined): boolean => (orientation ?? 1) >= 5;

/** The size that a viewer shows. */
export const shownSize = <T extends { readonly width: number; readonly height: number }>(
  size: T,
  orientation: number | undefined,
): T => (swapsSides(orientation) ? { ...size, width: size.height, height: size.width } : size);

/** By EXIF's number: whether what is shown is mirrored left to right, and upside down, after sides are exchanged. */
const turns: readonly (readonly [across: boolean, down: boolean])[] = [
  [false, false],
  [true, false],
  [true, true],
  [false, true],
  [false, false],
  [true, false],
  [true, true],
  [false, true],
];

/** The picture as a viewer shows it: turned and mirrored as EXIF (its tag 0x0112, 1 to 8) says. */
export function oriented(pixels: Pixels, orientation: number | undefined): Pixels {
  const number = orientation ?? 1;
  if (number <= 1 || number > 8) return pixels;
  const { width, height } = shownSize(pixels, number);
  const [across, down] = turns[number - 1]!;
  const swap = swapsSides(number);
  const turned = (data: Float32Array, channels: number): Float32Array => {
    const out = new Float32Array(data.length);
    for (let y = 0; y < height; y++) {
      for (let x = 0; x < width; x++) {
        const [shownX, shownY] = [across ? width - 1 - x : x, down ? height - 1 - y : y];
        const from = swap ? shownX * pixels.width + shownY : shownY * pixels.width + shownX;
        for (let c = 0; c < channels; c++) {
          out[(y * width + x) * channels + c] = data[from * channels + c]!;
        }
      }
    }
    return out;
  };
  const { data, channels, alpha } = pixels;
  return {
    ...pixels,
    width,
    height,
    data: turned(data, channels),
    ...(alpha && { alpha: turned(alpha, 1) }),
  };
}
