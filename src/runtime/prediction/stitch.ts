import { mirrored } from '../data/mirror.js';
import type { Picture } from '../data/sample.js';
import type { Blend } from '../experiments/options/evaluation.js';
import { blendWeights } from './blend.js';
import { type OnRows, type Strip, stripOf } from './strip.js';

export interface Tiling {
  /** Height and width of a tile as the network takes it. */
  readonly window: readonly [number, number];
  /** How far apart tiles lie, at most. */
  readonly stride: readonly [number, number];
  /** How many pixels narrower on each side the network's output is than its input. */
  readonly margin: number;
}

/**
 * Tiles [count, window height, window width, channels] in; the pixels of their outputs, in order,
 * with one or more channels, out.
 */
export type PredictTiles = (tiles: Float32Array, count: number) => Promise<Float32Array>;

/** The stitched prediction of a whole image, by row, column and channel. */
export async function stitch(
  image: Picture,
  tiling: Tiling,
  batch: number,
  predict: PredictTiles,
  blend: Blend = 'uniform',
): Promise<Float32Array> {
  let whole: Float32Array | null = null;
  await stitchRows(image, tiling, { batch, blend }, predict, (top, values, channels) => {
    whole ??= new Float32Array(image.height * image.width * channels);
    whole.set(values, top * image.width * channels);
  });
  return whole!;
}

/**
 * Runs `predict` over overlapping tiles of `image`, at most `batch` at once, and averages where
 * they overlap. The image is mirrored beyond its edges, so any size goes. Rows are handed on as
 * soon as they are done, so what is held does not grow with the height of the image. The next tiles
 * are cut while `predict` runs.
 */
export async function stitchRows(
  image: Picture,
  { window, stride, margin }: Tiling,
  { batch, blend }: { readonly batch: number; readonly blend: Blend },
  predict: PredictTiles,
  onRows: OnRows,
): Promise<void> {
  const inner = [window[0] - 2 * margin, window[1] - 2 * margin] as const;
  const columns = originsOf(image.width, inner[1], stride[1]);
  const places = originsOf(image.height, inner[0], stride[0]).flatMap((y) =>
    columns.map((x) => ({ y, x })),
  );
  const weights = blendWeights(blend, inner[0], inner[1]);
  const started = (first: number): Promise<Float32Array> => {
    const group = places.slice(first, first + batch);
    const tiles = new Float32Array(group.length * window[0] * window[1] * image.channels);
    let at = 0;
    for (const { y, x } of group) at = cutTile(image, y - margin, x - margin, window, tiles, at);
    return predict(tiles, group.length);
  };

  let strip: Strip | null = null;
  let running = started(0);
  for (let first = 0; first < places.length; first += batch) {
    const values = await running;
    if (first + batch < places.length) running = started(first + batch);
    const group = places.slice(first, first + batch);
    const length = values.length / group.length;
    strip ??= stripOf(image, inner, weights, length / (inner[0] * inner[1]), onRows);
    for (const [n, { y, x }] of group.entries()) {
      strip.add(values.subarray(n * length, (n + 1) * length), y, x);
    }
    strip.finish(places[first + batch]?.y ?? image.height);
  }
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

function cutTile(
  { width, height, channels, data }: Picture,
  top: number,
  left: number,
  [rows, columns]: readonly [number, number],
  out: Float32Array,
  start: number,
): number {
  const [inside, end] = [Math.max(0, -left), Math.min(columns, width - left)];
  let at = start;
  for (let y = top; y < top + rows; y++) {
    const row = mirrored(y, height) * width;
    const pixel = (x: number): void => {
      const from = (row + mirrored(left + x, width)) * channels;
      for (let c = 0; c < channels; c++) out[at++] = data[from + c]!;
    };
    for (let x = 0; x < inside; x++) pixel(x);
    out.set(data.subarray((row + left + inside) * channels, (row + left + end) * channels), at);
    at += (end - inside) * channels;
    for (let x = end; x < columns; x++) pixel(x);
  }
  return at;
}
