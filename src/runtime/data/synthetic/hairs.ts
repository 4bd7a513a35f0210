import type { Random } from '../random.js';

/** How much of each pixel of `size` x `size` hairs cover: thin bent lines across the picture. */
export function drawHairs(size: number, random: Random): Float32Array {
  const cover = new Float32Array(size * size);
  const count = random.uniform() < 0.35 ? 0 : random.below(18);
  for (let n = 0; n < count; n++) {
    let [x, y] = [size * random.uniform(), size * random.uniform()];
    let angle = random.between(0, 2 * Math.PI);
    const bend = random.between(-0.6, 0.6) / size;
    const half = Math.max(0.5, size * random.between(0.0015, 0.004));
    const dark = random.between(0.5, 0.9);
    for (let steps = size * random.between(0.3, 1); steps > 0; steps--) {
      cross(cover, size, x, y, half, dark);
      x += Math.cos(angle);
      y += Math.sin(angle);
      angle += bend;
    }
  }
  return cover;
}

/** Covers the pixels around one point of a hair. */
function cross(
  cover: Float32Array,
  size: number,
  x: number,
  y: number,
  half: number,
  dark: number,
) {
  const reach = Math.ceil(half + 1);
  const [column, row] = [Math.round(x), Math.round(y)];
  for (let py = Math.max(0, row - reach); py <= Math.min(size - 1, row + reach); py++) {
    for (let px = Math.max(0, column - reach); px <= Math.min(size - 1, column + reach); px++) {
      const amount = dark * Math.min(1, Math.max(0, half + 0.5 - Math.hypot(px - x, py - y)));
      cover[py * size + px] = Math.max(cover[py * size + px]!, amount);
    }
  }
}
