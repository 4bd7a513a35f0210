import type { Sample } from '../data/sample.js';
import { confusionAt, type Scores, scoresOf } from './metrics.js';
import { type RankingScores, rankingScores } from './ranking.js';

export type Metrics = Scores & RankingScores;

export interface Evaluation {
  /** Over all pixels of all images at once: what the papers on DRIVE print. */
  readonly metrics: Metrics;
  /** The mean of the images' own scores. */
  readonly mean: Metrics;
  readonly perImage: readonly (Metrics & { readonly id: string })[];
}

/** The pixels that count, those in the field of view, as two lists in one order. */
interface Pixels {
  readonly probabilities: Float32Array;
  readonly target: Uint8Array;
}

/** Scores one value a pixel for each sample, in order. Higher values mean foreground. */
export function score(
  samples: readonly Sample[],
  predictions: readonly Float32Array[],
  threshold: number,
): Evaluation {
  const images = samples.map((sample, i) => pixelsOf(sample, predictions[i]));
  const perImage = images.map((pixels, i) => ({
    id: samples[i].id,
    ...metricsOf(pixels, threshold),
  }));
  return { metrics: metricsOf(pooled(images), threshold), mean: meanOf(perImage), perImage };
}

const metricsOf = ({ probabilities, target }: Pixels, threshold: number): Metrics => ({
  ...scoresOf(confusionAt(probabilities, target, threshold)),
  ...rankingScores(probabilities, target),
});

function pixelsOf({ mask, fov }: Sample, prediction: Float32Array): Pixels {
  const counts = (_: number, i: number): boolean => !fov || fov.data[i] === 1;
  return { probabilities: prediction.filter(counts), target: mask.data.filter(counts) };
}

function pooled(images: readonly Pixels[]): Pixels {
  const length = images.reduce((sum, { target }) => sum + target.length, 0);
  const probabilities = new Float32Array(length);
  const target = new Uint8Array(length);
  let at = 0;
  for (const image of images) {
    probabilities.set(image.probabilities, at);
    target.set(image.target, at);
    at += image.target.length;
  }
  return { probabilities, target };
}

/** Images where a measure is not defined do not enter its mean. */
function meanOf(perImage: readonly Metrics[]): Metrics {
  const mean = (key: keyof Metrics): number | null => {
    const values = perImage.map((metrics) => metrics[key]).filter((value) => value !== null);
    return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
  };
  const always = (key: keyof Scores): number => mean(key) ?? 0;
  return {
    ac: always('ac'),
    se: always('se'),
    sp: always('sp'),
    f1: always('f1'),
    precision: always('precision'),
    jaccard: always('jaccard'),
    rocAuc: mean('rocAuc'),
    prAuc: mean('prAuc'),
  };
}
