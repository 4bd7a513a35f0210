import type { Picture, Sample } from '../sample.js';

/** One channel of three: the luminance (ITU-R BT.601), the green one, or weights of red, green and blue. */
export type GrayOptions = 'luminance' | 'green' | readonly number[];

export const luminance = [0.299, 0.587, 0.114] as const;

/** The sample with one channel; an image that has one already stays as it is. */
export const gray = (sample: Sample, options: GrayOptions): Sample =>
  sample.image.channels === 1 ? sample : { ...sample, image: mixed(sample.image, options) };

function mixed(image: Picture, options: GrayOptions): Picture {
  const [r, g, b] = options === 'luminance' ? luminance : options === 'green' ? [0, 1, 0] : options;
  const { width, height, channels, data } = image;
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const at = i * channels;
    out[i] = r * data[at] + g * data[at + 1] + b * data[at + 2];
  }
  return { width, height, channels: 1, data: out };
}
