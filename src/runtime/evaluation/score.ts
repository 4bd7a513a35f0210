import type { Sample } from '../data/sample.js';
import { labelsOf, probabilitiesOf } from './labels.js';
import { type Metrics, meanOf, metricsOf, type Part, partOf, pooled } from './part.js';
import { type PostprocessStep, postprocessed } from './postprocess/postprocess.js';

export type { Metrics } from './part.js';

export type ImageMetrics = Metrics & { readonly id: string };

export interface ClassEvaluation {
  readonly name: string;
  /** Pooled, of this class against all else. */
  readonly metrics: Metrics;
  readonly mean: Metrics;
}

export interface Evaluation {
  /**
   * Over all pixels of all images at once: what the papers on DRIVE print. Of several classes the
   * mean over the foreground's.
   */
  readonly metrics: Metrics;
  /** The mean of the images' own scores. */
  readonly mean: Metrics;
  readonly perImage: readonly ImageMetrics[];
  /** Of each foreground class where there are several, else empty. */
  readonly classes: readonly ClassEvaluation[];
  /**
   * Pixels by the class drawn (row) and the one predicted (column), the background first; null of a
   * single class.
   */
  readonly confusion: readonly (readonly number[])[] | null;
}

/** Takes images one after the other, keeping of each only what the pooled scores need. */
export interface Scorer {
  /** @param prediction by pixel and channel: one channel, or the background's and one a class */
  add(sample: Sample, prediction: Float32Array): ImageMetrics;
  evaluation(): Evaluation;
  /** The pooled pixels of each foreground class. */
  pooledParts(): readonly { readonly name: string; readonly part: Part }[];
}

/**
 * @param classes the names of the foreground's
 * @param postprocess what is done to the masks before they are scored; the areas and the calibration are of probabilities
 */
export function scorer(
  threshold: number,
  classes: readonly string[] = ['foreground'],
  postprocess: readonly PostprocessStep[] = [],
): Scorer {
  const parts: Part[][] = classes.map(() => []);
  const perImage: ImageMetrics[] = [];
  const size = classes.length + 1;
  const confusion = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  let pools: readonly { readonly name: string; readonly part: Part }[] | null = null;

  const pooledParts: Scorer['pooledParts'] = () => {
    pools ??= classes.map((name, k) => ({ name, part: pooled(parts[k]) }));
    return pools;
  };
  return {
    add(sample, prediction) {
      pools = null;
      const pixels = sample.mask.data.length;
      const { width, height } = sample.mask;
      const raw = labelsOf(prediction, pixels, threshold);
      const labels = postprocessed(raw, width, height, postprocess, sample.fov?.data);
      if (classes.length > 1) addConfusion(confusion, sample, labels);
      const own = classes.map((_, k) => {
        const [drawn, predicted] = [sample.mask.data, labels].map((values) =>
          values.map((value) => (value === k + 1 ? 1 : 0)),
        );
        return partOf(sample, probabilitiesOf(prediction, pixels, k + 1), drawn, predicted);
      });
      for (const [k, part] of own.entries()) parts[k].push(part);
      const metrics = { id: sample.id, ...meanOf(own.map(metricsOf)) };
      perImage.push(metrics);
      return metrics;
    },
    evaluation() {
      const each = pooledParts().map(({ name, part }, k) => ({
        name,
        metrics: metricsOf(part),
        mean: meanOf(parts[k].map(metricsOf)),
      }));
      const several = classes.length > 1;
      return {
        metrics: meanOf(each.map(({ metrics }) => metrics)),
        mean: meanOf(perImage),
        perImage,
        classes: several ? each : [],
        confusion: several ? confusion : null,
      };
    },
    pooledParts,
  };
}

function addConfusion(confusion: number[][], { mask, fov }: Sample, labels: Uint8Array): void {
  for (let i = 0; i < labels.length; i++) {
    if (fov === null || fov.data[i] === 1) confusion[mask.data[i]][labels[i]]++;
  }
}

/** Scores the prediction of each sample, in order. Higher values mean foreground. */
export function score(
  samples: readonly Sample[],
  predictions: readonly Float32Array[],
  threshold: number,
  classes?: readonly string[],
): Evaluation {
  const scoring = scorer(threshold, classes);
  for (const [n, sample] of samples.entries()) scoring.add(sample, predictions[n]);
  return scoring.evaluation();
}
