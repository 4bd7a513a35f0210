import type { Frame } from '../sample.js';

/** By channel, over the pixels in the field of view. */
export interface Statistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

/** What leaves 0 to 255 as 0 to 1. */
export const unscaled = (channels: number): Statistics => ({
  mean: Array(channels).fill(0),
  deviation: Array(channels).fill(255),
});

/**
 * (value - mean) / deviation. Pixels outside the field of view become 0, the mean of those inside where the image is
 * standardised, so that the rim is no edge to learn.
 */
export function standardise<T extends Frame>(frame: T, { mean, deviation }: Statistics): T {
  const { image, fov } = frame;
  const { channels } = image;
  const data = new Float32Array(image.data.length);
  const pixels = image.width * image.height;
  for (let i = 0; i < pixels; i++) {
    if (fov && fov.data[i] === 0) continue;
    for (let c = 0; c < channels; c++) {
      data[i * channels + c] = (image.data[i * channels + c]! - mean[c]!) / deviation[c]!;
    }
  }
  return { ...frame, image: { ...image, data } };
}

/** Sums over images, added one by one, so that no more than one need be held. */
export class Moments {
  private readonly sum: Float64Array;
  private readonly squares: Float64Array;
  private pixels = 0;

  constructor(private readonly channels: number) {
    this.sum = new Float64Array(channels);
    this.squares = new Float64Array(channels);
  }

  add({ image, fov }: Frame): void {
    const { channels, sum, squares } = this;
    for (let i = 0; i < image.width * image.height; i++) {
      if (fov && fov.data[i] === 0) continue;
      this.pixels++;
      for (let c = 0; c < channels; c++) {
        const value = image.data[i * channels + c]!;
        sum[c]! += value;
        squares[c]! += value * value;
      }
    }
  }

  statistics(): Statistics {
    const pixels = Math.max(this.pixels, 1);
    const mean = Array.from(this.sum, (total) => total / pixels);
    const deviation = Array.from(this.squares, (total, c) => {
      const variance = total / pixels - mean[c]! ** 2;
      // An even image has no deviation; 1 leaves it at 0.
      return variance > 1e-12 ? Math.sqrt(variance) : 1;
    });
    return { mean, deviation };
  }
}
