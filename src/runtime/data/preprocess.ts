import { InputError } from '../errors.js';
import type { Picture, Sample } from './sample.js';

export interface PreprocessOptions {
  /** What of the colours the network sees: all three, the green one, or their luminance. */
  readonly channels: 'rgb' | 'green' | 'gray';
  /**
   * Over what mean and deviation are taken: each image, the training images, or nothing (then
   * values are 0 to 1).
   */
  readonly standardise: 'image' | 'dataset' | 'none';
}

/**
 * A preprocessing with its statistics: plain data, kept with the run so that new images are treated
 * alike.
 */
export interface Preprocessing extends PreprocessOptions {
  /** By channel, of values of 0 to 255; null unless `standardise` is `dataset`. */
  readonly statistics: Statistics | null;
}

interface Statistics {
  readonly mean: readonly number[];
  readonly deviation: readonly number[];
}

export const channelsOf = ({ channels }: PreprocessOptions): number => (channels === 'rgb' ? 3 : 1);

/** Takes from the training images what the preprocessing has to know. */
export function fitPreprocessing(
  options: PreprocessOptions,
  training: readonly Sample[],
): Preprocessing {
  if (options.standardise !== 'dataset') return { ...options, statistics: null };
  return { ...options, statistics: statisticsOf(training, options.channels) };
}

/**
 * The sample's image as the network takes it. Pixels outside the field of view become 0, the mean
 * of those inside where the image is standardised, so that the rim is no edge to learn.
 */
export function preprocess(options: Preprocessing, sample: Sample): Sample {
  const image = selectChannels(sample, options.channels);
  const { mean, deviation } = scaling(options, { ...sample, image });
  const { channels } = image;
  const data = new Float32Array(image.data.length);
  for (let i = 0; i < data.length; i++) {
    if (sample.fov && sample.fov.data[Math.floor(i / channels)] === 0) continue;
    const c = i % channels;
    data[i] = (image.data[i] - mean[c]) / deviation[c];
  }
  return { ...sample, image: { ...image, data } };
}

function scaling(options: Preprocessing, sample: Sample): Statistics {
  if (options.statistics) return options.statistics;
  if (options.standardise === 'image') {
    return statisticsOf([sample], sample.image.channels === 3 ? 'rgb' : 'gray');
  }
  return { mean: [0, 0, 0], deviation: [255, 255, 255] };
}

/** Weights of red, green and blue; the luminance is ITU-R BT.601's. */
const weights = { green: [0, 1, 0], gray: [0.299, 0.587, 0.114] } as const;

function selectChannels({ id, image }: Sample, channels: PreprocessOptions['channels']): Picture {
  if (channels === 'rgb') {
    if (image.channels === 3) return image;
    throw new InputError(
      `image ${id} has ${image.channels} channel and preprocess.channels is rgb: set it to gray`,
    );
  }
  if (image.channels === 1) return image;
  const [r, g, b] = weights[channels];
  const data = new Float32Array(image.width * image.height);
  for (let i = 0; i < data.length; i++) {
    const at = (c: number): number => image.data[i * 3 + c];
    data[i] = r * at(0) + g * at(1) + b * at(2);
  }
  return { ...image, channels: 1, data };
}

function statisticsOf(
  samples: readonly Sample[],
  channels: PreprocessOptions['channels'],
): Statistics {
  const count = channels === 'rgb' ? 3 : 1;
  const [sum, squares] = [new Float64Array(count), new Float64Array(count)];
  let pixels = 0;
  for (const sample of samples) {
    const { data } = selectChannels(sample, channels);
    for (let i = 0; i < sample.mask.data.length; i++) {
      if (sample.fov && sample.fov.data[i] === 0) continue;
      pixels++;
      for (let c = 0; c < count; c++) {
        const value = data[i * count + c];
        sum[c] = sum[c] + value;
        squares[c] = squares[c] + value * value;
      }
    }
  }
  const mean = Array.from(sum, (total) => total / Math.max(pixels, 1));
  const deviation = Array.from(squares, (total, c) => {
    const variance = total / Math.max(pixels, 1) - mean[c] ** 2;
    // An even image has no deviation; 1 leaves it at 0.
    return variance > 1e-12 ? Math.sqrt(variance) : 1;
  });
  return { mean, deviation };
}
