import type { Random } from '../random.js';

/**
 * Noise of standard deviation near 1 whose spots are about `grain` pixels wide: a coarse grid,
 * interpolated.
 */
export function smoothNoise(size: number, grain: number, random: Random): Float32Array {
  const cells = Math.ceil(size / grain) + 2;
  const grid = Float32Array.from({ length: cells * cells }, () => random.normal());
  const noise = new Float32Array(size * size);
  for (let y = 0; y < size; y++) {
    const [row, fy] = [Math.floor(y / grain), (y / grain) % 1];
    for (let x = 0; x < size; x++) {
      const [column, fx] = [Math.floor(x / grain), (x / grain) % 1];
      const at = (r: number, c: number): number => grid[(row + r) * cells + column + c]!;
      const upper = at(0, 0) * (1 - fx) + at(0, 1) * fx;
      const lower = at(1, 0) * (1 - fx) + at(1, 1) * fx;
      noise[y * size + x] = 1.5 * (upper * (1 - fy) + lower * fy);
    }
  }
  return noise;
}
