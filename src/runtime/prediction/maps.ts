import { nearest, resizePicture } from '../data/preprocess/resize.js';
import type { Mask } from '../data/sample.js';
import type { PostprocessStep } from '../experiments/options/evaluation.js';
import { labelsOf } from './labels.js';
import { postprocessed } from './postprocess/postprocess.js';
import { type Question, wholeAnswer } from './segmenter.js';
import type { OnRows } from './strip.js';

export interface Size {
  readonly width: number;
  readonly height: number;
}

/** What is kept of a prediction: 1 or 2 bytes a probability, so that large images fit. */
export interface Maps extends Size {
  /** The likeliest class of each pixel, 0 for the background and outside the field of view. */
  readonly labels: Uint8Array;
  /** Of each foreground class its probabilities as `certain` has them, 0 outside the field of view. */
  readonly probabilities: readonly Probabilities[];
  readonly fov: Mask | null;
}

/** Whole numbers of 0 to `certain`, or exact ones of 0 to 1. */
export type Probabilities = Uint16Array | Float32Array;

/** The highest value of a probability in 16 bits. */
export const certain = 65535;

export interface MapOptions {
  /** Probabilities of at least this are foreground. */
  readonly threshold: number;
  /** Whether probabilities are kept as they came and not in 16 bits. */
  readonly exact: boolean;
  /** What is done to the mask. */
  readonly postprocess: readonly PostprocessStep[];
}

/**
 * The answer to `question` as maps of `size`: where the network saw another one, probabilities are resized as images are,
 * and held against the threshold then.
 *
 * @param fov the field of view at `size`, where it is known
 */
export async function mapsOf(
  question: Question,
  size: Size,
  fov: Mask | null,
  options: MapOptions,
): Promise<Maps> {
  const { width, height, answer } = question;
  const inside = fov ?? (question.fov && nearest(question.fov, size.height, size.width));
  const { onRows, maps } = mapsFilled(size, inside, options);
  if (width === size.width && height === size.height) {
    await answer(onRows);
    return maps();
  }
  const { data, channels } = await wholeAnswer(question);
  const resized = resizePicture({ width, height, channels, data }, size.height, size.width);
  onRows(0, resized.data, channels);
  return maps();
}

/** Maps and what fills them with rows of a prediction: one channel of the foreground, or one a class with the background first. */
function mapsFilled(
  { width, height }: Size,
  fov: Mask | null,
  { threshold, exact, postprocess }: MapOptions,
): { readonly onRows: OnRows; readonly maps: () => Maps } {
  const labels = new Uint8Array(width * height);
  let probabilities: Probabilities[] = [];
  const emptyMap = (): Probabilities =>
    exact ? new Float32Array(width * height) : new Uint16Array(width * height);
  return {
    onRows(top, values, channels) {
      const classes = Math.max(1, channels - 1);
      if (probabilities.length === 0) probabilities = Array.from({ length: classes }, emptyMap);
      const start = top * width;
      const count = values.length / channels;
      const own = labelsOf(values, count, threshold);
      for (let i = 0; i < count; i++) {
        if (fov && fov.data[start + i] === 0) continue;
        labels[start + i] = own[i]!;
        for (let k = 0; k < classes; k++) {
          const value = values[i * channels + (channels === 1 ? 0 : k + 1)]!;
          probabilities[k]![start + i] = exact ? value : Math.round(value * certain);
        }
      }
    },
    maps: () => ({
      labels: postprocessed(labels, width, height, postprocess),
      ...{ width, height, probabilities, fov },
    }),
  };
}

/** The share of the pixels, inside the field of view, that are of a foreground class. */
export function foregroundOf({ labels, fov }: Pick<Maps, 'labels' | 'fov'>): {
  readonly found: number;
  readonly all: number;
} {
  let [found, all] = [0, 0];
  for (let i = 0; i < labels.length; i++) {
    if (fov && fov.data[i] === 0) continue;
    all++;
    if (labels[i]! > 0) found++;
  }
  return { found, all };
}
