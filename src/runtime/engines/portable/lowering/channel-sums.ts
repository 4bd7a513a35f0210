import type { Numbers } from '../kernels.js';

/** One number a channel, in float64. */
export type PerChannel = Float64Array;

/**
 * Sums over the pixels of each channel, in float64 and in the order of the pixels. Four channels at once: an addition waits for the
 * one before it, so that one channel by itself takes twice as long.
 */
function byFours(
  channels: number,
  sumsOf: (first: number, second: number, third: number, fourth: number) => readonly number[],
): PerChannel {
  const sums = new Float64Array(channels);
  const last = channels - 1;
  for (let c = 0; c < channels; c += 4) {
    // Where fewer are left, the last one is summed more than once.
    const four = [c, Math.min(c + 1, last), Math.min(c + 2, last), Math.min(c + 3, last)] as const;
    sumsOf(...four).forEach((sum, i) => {
      sums[four[i]!] = sum;
    });
  }
  return sums;
}

/** The sum of each channel. */
export const sumsPerChannel = (x: Numbers, channels: number): PerChannel =>
  byFours(channels, (c0, c1, c2, c3) => {
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0; i < x.length; i += channels) {
      s0 += x[i + c0]!;
      s1 += x[i + c1]!;
      s2 += x[i + c2]!;
      s3 += x[i + c3]!;
    }
    return [s0, s1, s2, s3];
  });

/** The sum of squared distances of each channel from its centre. */
export const squaresPerChannel = (x: Numbers, centres: PerChannel): PerChannel =>
  byFours(centres.length, (c0, c1, c2, c3) => {
    const [m0, m1, m2, m3] = [centres[c0]!, centres[c1]!, centres[c2]!, centres[c3]!];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0; i < x.length; i += centres.length) {
      s0 += (x[i + c0]! - m0) ** 2;
      s1 += (x[i + c1]! - m1) ** 2;
      s2 += (x[i + c2]! - m2) ** 2;
      s3 += (x[i + c3]! - m3) ** 2;
    }
    return [s0, s1, s2, s3];
  });

/** The sum over each channel of g times the distance of x from its centre. */
export const productsPerChannel = (g: Numbers, x: Numbers, centres: Numbers): PerChannel =>
  byFours(centres.length, (c0, c1, c2, c3) => {
    const [m0, m1, m2, m3] = [centres[c0]!, centres[c1]!, centres[c2]!, centres[c3]!];
    let [s0, s1, s2, s3] = [0, 0, 0, 0];
    for (let i = 0; i < x.length; i += centres.length) {
      s0 += g[i + c0]! * (x[i + c0]! - m0);
      s1 += g[i + c1]! * (x[i + c1]! - m1);
      s2 += g[i + c2]! * (x[i + c2]! - m2);
      s3 += g[i + c3]! * (x[i + c3]! - m3);
    }
    return [s0, s1, s2, s3];
  });
