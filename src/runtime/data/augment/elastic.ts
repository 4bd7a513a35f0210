import type { ElasticOptions } from '../../experiments/options/augment.js';
import { fillUniform } from './noise.js';

/** How often a box filter is applied to come near a Gaussian. */
const boxes = 3;

/**
 * Adds to `places`, of [size, size], smooth random shifts along one axis (Simard et al. 2003): evenly drawn numbers,
 * smoothed, of a root mean square of `amplitude` over all patches. The field meets itself at opposite borders, so it is
 * as strong there as in the middle.
 */
export function addShifts(
  places: Float32Array,
  size: number,
  { amplitude, smoothness }: ElasticOptions,
  seed: number,
): void {
  const field = new Float32Array(size * size);
  fillUniform(field, seed);
  for (let i = 0; i < field.length; i++) field[i]! -= 0.5;
  const radius = boxRadius(smoothness, size);
  const line = new Float32Array(size);
  for (let pass = 0; pass < boxes; pass++) {
    for (let n = 0; n < size; n++) blur(field, n * size, 1, radius, line);
    for (let n = 0; n < size; n++) blur(field, n, size, radius, line);
  }
  const strength = amplitude / deviationAfter(radius, size);
  for (let i = 0; i < field.length; i++) places[i]! += strength * field[i]!;
}

/** A box of 2r + 1 has the variance r (r + 1) / 3; those of several add up. */
function boxRadius(smoothness: number, size: number): number {
  const variance = smoothness ** 2 / boxes;
  const radius = Math.round((Math.sqrt(1 + 12 * variance) - 1) / 2);
  return Math.min(radius, Math.floor((size - 1) / 2));
}

/** The mean over a window that goes round, by a running sum. */
function blur(
  field: Float32Array,
  start: number,
  stride: number,
  radius: number,
  line: Float32Array,
): void {
  const size = line.length;
  for (let i = 0; i < size; i++) line[i] = field[start + i * stride]!;
  let sum = 0;
  for (let i = -radius; i <= radius; i++) sum += line[(i + size) % size]!;
  const width = 2 * radius + 1;
  for (let i = 0; i < size; i++) {
    field[start + i * stride] = sum / width;
    sum += line[(i + radius + 1) % size]! - line[(i - radius + size) % size]!;
  }
}

/** The deviation of evenly drawn numbers in [-1/2, 1/2) after the smoothing: that of the filter's weights. */
function deviationAfter(radius: number, size: number): number {
  const weights = new Float32Array(size);
  weights[0] = 1;
  const line = new Float32Array(size);
  for (let pass = 0; pass < boxes; pass++) blur(weights, 0, 1, radius, line);
  // Along two axes the squares of the weights multiply; the variance before is 1/12.
  const squares = weights.reduce((sum, weight) => sum + weight * weight, 0);
  return squares / Math.sqrt(12);
}
