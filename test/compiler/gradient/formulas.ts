import type { Tensor } from '../../../src/compiler/ops/values.js';

/** Losses as their papers print them, pixel by pixel in plain arithmetic, for probabilities of several channels. */

/** One pixel: a probability and a target for each channel, and how much it counts. */
interface Pixel {
  readonly p: readonly number[];
  readonly t: readonly number[];
  readonly w: number;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((a, b) => a + b, 0);

/** The pixels of logits [N, H, W, C]. */
export function pixelsOf(
  logits: Tensor,
  target: Tensor,
  weight: Tensor | null,
  end: 'sigmoid' | 'softmax',
): Pixel[] {
  const channels = logits.shape[3]!;
  return Array.from({ length: logits.data.length / channels }, (_, i) => {
    const x = [...logits.data.slice(i * channels, (i + 1) * channels)];
    const total = sum(x.map(Math.exp));
    return {
      p: x.map((one) => (end === 'softmax' ? Math.exp(one) / total : 1 / (1 + Math.exp(-one)))),
      t: [...target.data.slice(i * channels, (i + 1) * channels)],
      w: weight ? weight.data[i]! : 1,
    };
  });
}

/** The mean over pixels and channels of `each`, by the pixel's weight times `own`. */
export function mean(
  pixels: readonly Pixel[],
  each: (p: number, t: number) => number,
  own: (t: number, channel: number) => number = () => 1,
): number {
  const weights = pixels.flatMap(({ t, w }) => t.map((one, c) => w * own(one, c)));
  const values = pixels.flatMap(({ p, t }) => p.map((one, c) => each(one, t[c]!)));
  return sum(values.map((value, i) => value * weights[i]!)) / sum(weights);
}

/** The mean over pixels of `each` of the probability of the true class, by the pixel's weight times the class's. */
export function meanOfTrue(
  pixels: readonly Pixel[],
  each: (p: number) => number,
  classes: readonly number[] = pixels[0]!.t.map(() => 1),
): number {
  const weights = pixels.map(({ t, w }) => w * classes[t.indexOf(1)]!);
  return sum(pixels.map(({ p, t }, i) => weights[i]! * each(p[t.indexOf(1)]!))) / sum(weights);
}

export const binary = (p: number, t: number): number =>
  -t * Math.log(p) - (1 - t) * Math.log(1 - p);

/** 1 - TP / (TP + a FP + b FN) of one channel, `smooth` above and below. */
export function tversky(
  pixels: readonly Pixel[],
  channel: number,
  [a, b, smooth]: readonly [number, number, number],
): number {
  const total = (of: (p: number, t: number) => number): number =>
    sum(pixels.map(({ p, t, w }) => w * of(p[channel]!, t[channel]!)));
  const tp = total((p, t) => p * t);
  const fp = total((p, t) => p * (1 - t));
  const fn = total((p, t) => (1 - p) * t);
  return 1 - (tp + smooth) / (tp + a * fp + b * fn + smooth);
}

/** 1 - (2 I + s) / (P + T + s) of one channel. */
export function dice(pixels: readonly Pixel[], channel: number, smooth: number): number {
  const both = sum(pixels.map(({ p, t, w }) => w * p[channel]! * t[channel]!));
  const all = sum(pixels.map(({ p, t, w }) => w * (p[channel]! + t[channel]!)));
  return 1 - (2 * both + smooth) / (all + smooth);
}
