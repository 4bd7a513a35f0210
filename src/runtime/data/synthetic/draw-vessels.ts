import type { Segment } from './vessel-tree.js';

/**
 * What vessels do to a picture of `size` x `size`. `depth`: the share of light they take at most,
 * larger for wider vessels. `mask`: the pixels whose centre lies in a vessel; a vessel thinner than
 * a pixel still marks the pixels it runs through.
 */
export function drawVessels(
  segments: readonly Segment[],
  size: number,
): { depth: Float32Array; mask: Uint8Array } {
  const depth = new Float32Array(size * size);
  const mask = new Uint8Array(size * size);
  for (const segment of segments) {
    const { x0, y0, x1, y1, width, artery } = segment;
    const half = Math.max(width / 2, 0.6);
    const reach = half * 1.8 + 1;
    const contrast = (artery ? 0.34 : 0.44) * Math.min(1, 0.5 + width / 9);
    const [left, right] = [Math.min(x0, x1) - reach, Math.max(x0, x1) + reach];
    const [top, bottom] = [Math.min(y0, y1) - reach, Math.max(y0, y1) + reach];
    for (let y = Math.max(0, Math.ceil(top)); y <= Math.min(size - 1, bottom); y++) {
      for (let x = Math.max(0, Math.ceil(left)); x <= Math.min(size - 1, right); x++) {
        const i = y * size + x;
        const distance = distanceTo(segment, x, y);
        if (distance <= half) mask[i] = 1;
        // Flat inside and soft at the wall, less the reflex along the middle of wide arteries.
        let taken = contrast / (1 + Math.exp((distance - half) / (0.22 * half + 0.15)));
        if (artery && width > 3) taken *= 1 - 0.45 * Math.exp(-((distance / (0.35 * half)) ** 2));
        depth[i] = Math.max(depth[i]!, taken);
      }
    }
  }
  return { depth, mask };
}

function distanceTo({ x0, y0, x1, y1 }: Segment, x: number, y: number): number {
  const [dx, dy] = [x1 - x0, y1 - y0];
  const along = ((x - x0) * dx + (y - y0) * dy) / (dx * dx + dy * dy);
  const nearest = Math.min(1, Math.max(0, along));
  return Math.hypot(x - x0 - nearest * dx, y - y0 - nearest * dy);
}
