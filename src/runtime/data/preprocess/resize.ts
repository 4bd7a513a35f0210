import type { ResizeOptions } from '../../experiments/options/preprocess.js';
import type { Frame, Mask, Picture, Sample } from '../sample.js';

export const sizeOf = (
  options: ResizeOptions,
): { readonly height: number; readonly width: number } =>
  typeof options === 'number' ? { height: options, width: options } : options;

/**
 * The frame at another size. Along each axis an image that shrinks is averaged over the area of each new pixel, one that
 * grows is interpolated linearly between pixel centres; mask and field of view take the nearest pixel.
 */
export function resize<T extends Frame>(frame: T, options: ResizeOptions): T {
  const { height, width } = sizeOf(options);
  const { image, fov } = frame;
  if (image.height === height && image.width === width) return frame;
  const { mask }: Partial<Sample> = frame;
  return {
    ...frame,
    image: resizePicture(image, height, width),
    ...(mask && { mask: nearest(mask, height, width) }),
    fov: fov && nearest(fov, height, width),
  };
}

/** For each new position the old ones it is made of: `weights[start[i] .. start[i + 1]]` from position `first[i]` on. */
interface Axis {
  readonly first: Int32Array;
  readonly start: Int32Array;
  readonly weights: Float32Array;
}

function axisOf(from: number, to: number): Axis {
  const [first, start] = [new Int32Array(to), new Int32Array(to + 1)];
  const weights: number[] = [];
  const ratio = from / to;
  for (let i = 0; i < to; i++) {
    const [at, own] = ratio > 1 ? areaAt(i, ratio, from) : linearAt(i, ratio, from);
    first[i] = at;
    weights.push(...own);
    start[i + 1] = weights.length;
  }
  return { first, start, weights: Float32Array.from(weights) };
}

/** How much of each old pixel lies in the new one. */
function areaAt(i: number, ratio: number, from: number): [number, number[]] {
  const [low, high] = [i * ratio, Math.min(from, (i + 1) * ratio)];
  const first = Math.floor(low);
  const weights: number[] = [];
  for (let p = first; p < high; p++) {
    weights.push((Math.min(p + 1, high) - Math.max(p, low)) / (high - low));
  }
  return [first, weights];
}

/** The two old pixels whose centres lie around the new one's; at the border, one. */
function linearAt(i: number, ratio: number, from: number): [number, number[]] {
  const place = Math.min(from - 1, Math.max(0, (i + 0.5) * ratio - 0.5));
  const first = Math.min(Math.floor(place), from - 1);
  const share = place - first;
  return share === 0 ? [first, [1]] : [first, [1 - share, share]];
}

/** The picture at another size, each channel by itself. */
export function resizePicture(
  { width, height, channels, data }: Picture,
  h: number,
  w: number,
): Picture {
  const across = along(data, height, width, channels, axisOf(width, w), w);
  // Rows are treated as pixels of `w * channels` channels.
  const out = along(across, 1, height, w * channels, axisOf(height, h), h);
  return { width: w, height: h, channels, data: out };
}

/** Resamples the middle axis of [rows, from, channels] to `to`. */
function along(
  data: Float32Array,
  rows: number,
  from: number,
  channels: number,
  { first, start, weights }: Axis,
  to: number,
): Float32Array {
  const out = new Float32Array(rows * to * channels);
  for (let row = 0; row < rows; row++) {
    for (let i = 0; i < to; i++) {
      const target = (row * to + i) * channels;
      for (let n = start[i]!; n < start[i + 1]!; n++) {
        const source = (row * from + first[i]! + n - start[i]!) * channels;
        const weight = weights[n]!;
        for (let c = 0; c < channels; c++) out[target + c]! += weight * data[source + c]!;
      }
    }
  }
  return out;
}

/** The mask at another size: of each new pixel the old one that its centre lies in. */
export function nearest({ width, height, data }: Mask, h: number, w: number): Mask {
  const out = new Uint8Array(w * h);
  for (let y = 0; y < h; y++) {
    const row = Math.floor(((y + 0.5) * height) / h) * width;
    for (let x = 0; x < w; x++) out[y * w + x] = data[row + Math.floor(((x + 0.5) * width) / w)]!;
  }
  return { width: w, height: h, data: out };
}
