import type { Augmentation } from '../../experiments/options/augment.js';
import type { Random } from '../random.js';
import { factor } from './colour.js';
import { addShifts } from './elastic.js';

/** Where each pixel of a patch comes from, as [size, size] columns and rows of the patch before it was moved. */
export interface Coordinates {
  readonly x: Float32Array;
  readonly y: Float32Array;
}

/** By quarter turns: of row and column and the last place, how many make the new column and the new row. */
const turnings = [
  { x: [0, 1, 0], y: [1, 0, 0] },
  { x: [-1, 0, 1], y: [0, 1, 0] },
  { x: [0, -1, 1], y: [-1, 0, 1] },
  { x: [1, 0, 0], y: [0, -1, 1] },
] as const;

/** Flips and quarter turns: each pixel comes from one pixel. `random` draws what is asked for and no more. */
export function turnedPlaces(size: number, options: Augmentation, random: Random): Coordinates {
  const flipped = options.flips && random.below(2) === 1;
  const turning = turnings[options.quarterTurns ? random.below(4) : 0]!;
  const x = new Float32Array(size * size);
  const y = new Float32Array(size * size);
  const last = size - 1;
  let i = 0;
  for (let row = 0; row < size; row++) {
    for (let column = 0; column < size; column++, i++) {
      const across = turning.x[0] * row + turning.x[1] * column + turning.x[2] * last;
      x[i] = flipped ? last - across : across;
      y[i] = turning.y[0] * row + turning.y[1] * column + turning.y[2] * last;
    }
  }
  return { x, y };
}

/**
 * Turns by degrees, scales and bends `places` in place, about the patch's middle; all are drawn, whatever is used, so that
 * one amount set to 0 leaves the others as they were.
 */
export function bendPlaces(
  { x, y }: Coordinates,
  size: number,
  { rotate, scale, elastic }: Augmentation,
  random: Random,
): void {
  const angle = (random.between(-1, 1) * rotate * Math.PI) / 180;
  // A patch that is enlarged shows less of the image.
  const reach = 1 / factor(random, scale);
  const [cos, sin] = [Math.cos(angle) * reach, Math.sin(angle) * reach];
  const seeds = [random.below(2 ** 32), random.below(2 ** 32)];
  const middle = (size - 1) / 2;
  for (let i = 0; i < x.length; i++) {
    const [right, down] = [x[i]! - middle, y[i]! - middle];
    x[i] = middle + cos * right - sin * down;
    y[i] = middle + sin * right + cos * down;
  }
  if (elastic === null) return;
  addShifts(x, size, elastic, seeds[0]!);
  addShifts(y, size, elastic, seeds[1]!);
}
