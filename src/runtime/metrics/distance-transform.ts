/**
 * The squared distance of each pixel to the nearest one that is set, exactly: the lower envelope of
 * parabolas of Felzenszwalb and Huttenlocher, "Distance Transforms of Sampled Functions", 2012, in
 * time linear in the pixels. Infinity where none is set.
 */
export function squaredDistances(set: Uint8Array, width: number, height: number): Float64Array {
  const distances = alongColumns(set, width, height);
  const envelope = { at: new Int32Array(width), from: new Float64Array(width + 1) };
  const row = new Float64Array(width);
  for (let y = 0; y < height; y++) {
    const out = distances.subarray(y * width, (y + 1) * width);
    row.set(out);
    lowerEnvelope(row, envelope, out);
  }
  return distances;
}

/** Within a column the nearest set pixel is the last one above or the first one below. */
function alongColumns(set: Uint8Array, width: number, height: number): Float64Array {
  const distances = new Float64Array(width * height).fill(Number.POSITIVE_INFINITY);
  for (let x = 0; x < width; x++) {
    let apart = Number.POSITIVE_INFINITY;
    for (let y = 0; y < height; y++) {
      apart = set[y * width + x] ? 0 : apart + 1;
      distances[y * width + x] = apart * apart;
    }
    apart = Number.POSITIVE_INFINITY;
    for (let y = height - 1; y >= 0; y--) {
      apart = set[y * width + x] ? 0 : apart + 1;
      const at = y * width + x;
      distances[at] = Math.min(distances[at]!, apart * apart);
    }
  }
  return distances;
}

interface Envelope {
  /** Where the parabolas of the envelope have their lowest points, from left to right. */
  readonly at: Int32Array;
  /** From where on each is the lowest. */
  readonly from: Float64Array;
}

/** `out[x]` is the least of `heights[p] + (x - p)^2` over all p. */
function lowerEnvelope(heights: Float64Array, { at, from }: Envelope, out: Float64Array): void {
  let last = -1;
  for (let p = 0; p < heights.length; p++) {
    if (heights[p] === Number.POSITIVE_INFINITY) continue;
    let start = Number.NEGATIVE_INFINITY;
    while (last >= 0) {
      const q = at[last]!;
      start = (heights[p]! + p * p - heights[q]! - q * q) / (2 * (p - q));
      if (start > from[last]!) break;
      start = Number.NEGATIVE_INFINITY;
      last--;
    }
    last++;
    at[last] = p;
    from[last] = start;
  }
  if (last < 0) return;
  for (let x = 0, k = 0; x < heights.length; x++) {
    while (k < last && from[k + 1]! < x) k++;
    out[x] = heights[at[k]!]! + (x - at[k]!) ** 2;
  }
}
