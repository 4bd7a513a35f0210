import type { Picture } from '../data/sample.js';

export interface Tiling {
  /** Height and width of a tile as the network takes it. */
  readonly window: readonly [number, number];
  /** How far apart tiles lie, at most. */
  readonly stride: readonly [number, number];
  /** How many pixels narrower on each side the network's output is than its input. */
  readonly margin: number;
}

/**
 * Tiles [count, window height, window width, channels] in; one value a pixel of their outputs, in
 * order, out.
 */
export type PredictTiles = (tiles: Float32Array, count: number) => Promise<Float32Array>;

/**
 * Runs `predict` over overlapping tiles of `image`, at most `batch` at once, and averages where
 * they overlap, each with the same weight. The image is mirrored beyond its edges, so any size
 * goes. Returns one value a pixel.
 */
export async function stitch(
  image: Picture,
  { window, stride, margin }: Tiling,
  batch: number,
  predict: PredictTiles,
): Promise<Float32Array> {
  const { width, height, channels } = image;
  const inner = [window[0] - 2 * margin, window[1] - 2 * margin] as const;
  const places = originsOf(height, inner[0], stride[0]).flatMap((y) =>
    originsOf(width, inner[1], stride[1]).map((x) => ({ y, x })),
  );
  const sum = new Float32Array(width * height);
  const count = new Uint16Array(width * height);
  for (let first = 0; first < places.length; first += batch) {
    const group = places.slice(first, first + batch);
    const tiles = new Float32Array(group.length * window[0] * window[1] * channels);
    let at = 0;
    for (const { y, x } of group) at = cutTile(image, y - margin, x - margin, window, tiles, at);
    const values = await predict(tiles, group.length);
    for (const [n, { y, x }] of group.entries()) {
      const tile = values.subarray(n * inner[0] * inner[1], (n + 1) * inner[0] * inner[1]);
      addTile(tile, y, x, inner, image, sum, count);
    }
  }
  return sum.map((value, i) => value / count[i]);
}

/**
 * Where tiles of `window` start so that they cover `length`, at most `stride` apart and evenly
 * spread.
 */
export function originsOf(length: number, window: number, stride: number): number[] {
  if (window >= length) return [Math.floor((length - window) / 2)];
  const gaps = Math.ceil((length - window) / Math.min(stride, window));
  return Array.from({ length: gaps + 1 }, (_, n) => Math.round((n * (length - window)) / gaps));
}

/** `i` mirrored into 0 ... length - 1, the edge pixel not repeated, as often as it takes. */
export function mirrored(i: number, length: number): number {
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const folded = ((i % period) + period) % period;
  return folded < length ? folded : period - folded;
}

function cutTile(
  { width, height, channels, data }: Picture,
  top: number,
  left: number,
  [rows, columns]: readonly [number, number],
  out: Float32Array,
  start: number,
): number {
  let at = start;
  for (let y = top; y < top + rows; y++) {
    const row = mirrored(y, height) * width;
    for (let x = left; x < left + columns; x++) {
      const pixel = (row + mirrored(x, width)) * channels;
      for (let c = 0; c < channels; c++) out[at++] = data[pixel + c];
    }
  }
  return at;
}

function addTile(
  tile: Float32Array,
  top: number,
  left: number,
  [rows, columns]: readonly [number, number],
  { width, height }: Picture,
  sum: Float32Array,
  count: Uint16Array,
): void {
  for (let y = Math.max(0, -top); y < rows && top + y < height; y++) {
    for (let x = Math.max(0, -left); x < columns && left + x < width; x++) {
      const pixel = (top + y) * width + left + x;
      sum[pixel] = sum[pixel] + tile[y * columns + x];
      count[pixel] = count[pixel] + 1;
    }
  }
}
