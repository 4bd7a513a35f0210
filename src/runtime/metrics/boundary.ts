import { squaredDistances } from './distance-transform.js';

/** Pixels with a side, not only a corner, at the background or at the edge of the image. */
function surfaceOf(mask: Uint8Array, width: number, height: number): Uint8Array {
  const surface = new Uint8Array(mask.length);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const i = y * width + x;
      if (!mask[i]) continue;
      const within =
        x > 0 &&
        x + 1 < width &&
        y > 0 &&
        y + 1 < height &&
        mask[i - 1] &&
        mask[i + 1] &&
        mask[i - width] &&
        mask[i + width];
      if (!within) surface[i] = 1;
    }
  }
  return surface;
}

/**
 * The distance in pixels from each surface pixel of either mask to the nearest of the other. Of two
 * empty masks it is an empty list; null where only one is empty, as then there is no distance.
 */
export function surfaceDistances(
  truth: Uint8Array,
  predicted: Uint8Array,
  width: number,
  height: number,
): Float64Array | null {
  const surfaces = [truth, predicted].map((mask) => surfaceOf(mask, width, height));
  const isEmpty = surfaces.map((surface) => !surface.includes(1));
  if (isEmpty[0] !== isEmpty[1]) return null;
  if (isEmpty[0]) return new Float64Array(0);
  const distances: number[] = [];
  for (const [from, to] of [surfaces, surfaces.toReversed()]) {
    const squared = squaredDistances(to!, width, height);
    for (let i = 0; i < from!.length; i++) if (from![i]) distances.push(Math.sqrt(squared[i]!));
  }
  return Float64Array.from(distances);
}

/**
 * Robust Hausdorff distance: the 95th percentile of surface distances, between two of them in
 * proportion. Null where there are none.
 */
export function hd95Of(distances: Float64Array | null): number | null {
  if (distances === null || distances.length === 0) return null;
  const sorted = distances.toSorted();
  const place = 0.95 * (sorted.length - 1);
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (sorted[above]! - sorted[below]!) * (place - below);
}
