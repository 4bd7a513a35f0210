import { judged, type Sample } from '../data/sample.js';
import type { EmptyRule, PostprocessStep } from '../experiments/options/evaluation.js';
import { labelsOf, probabilitiesOf } from '../prediction/labels.js';
import { postprocessed } from '../prediction/postprocess/postprocess.js';
import {
  type Agreement,
  agreementOf,
  type Counts,
  countsOf,
  type Metrics,
  meanOf,
  metricsOf,
  pooled,
} from './agreement.js';

export type { Counts, Metrics } from './agreement.js';

export type ImageMetrics = Metrics & { readonly id: string };

export interface ClassEvaluation {
  readonly name: string;
  /** Pooled, of this class against all else. */
  readonly metrics: Metrics;
  /** Over the images where the class has the measure. */
  readonly mean: Metrics;
  readonly imagesInMean: Counts;
}

export interface Evaluation {
  /** What a score of 0/0 counts as. */
  readonly empty: EmptyRule;
  /**
   * Over all pixels of all images at once: what the papers on DRIVE print. Of several classes the
   * mean over those of the foreground that have the measure.
   */
  readonly metrics: Metrics;
  /** The mean of the images' own scores, each measure over the images that have it. */
  readonly mean: Metrics;
  /** How many those are. */
  readonly imagesInMean: Counts;
  /** How many images have a field of view: pixels outside it were left out. */
  readonly fieldsOfView: number;
  readonly perImage: readonly ImageMetrics[];
  /** Of each foreground class where there are several, else empty. */
  readonly classes: readonly ClassEvaluation[];
  /**
   * Pixels by their class in the ground truth (row) and in the prediction (column), the background first; null of a
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
  pooledAgreements(): readonly { readonly name: string; readonly part: Agreement }[];
}

/**
 * @param classes the names of the foreground's
 * @param postprocess what is done to the masks before they are scored; the areas and the calibration are of probabilities
 */
export function scorer(
  threshold: number,
  classes: readonly string[] = ['foreground'],
  empty: EmptyRule = 'skip',
  postprocess: readonly PostprocessStep[] = [],
): Scorer {
  const parts: Agreement[][] = classes.map(() => []);
  const perImage: ImageMetrics[] = [];
  const size = classes.length + 1;
  const confusion = Array.from({ length: size }, () => new Array<number>(size).fill(0));
  let fieldsOfView = 0;
  let pools: readonly { readonly name: string; readonly part: Agreement }[] | null = null;

  const pooledAgreements: Scorer['pooledAgreements'] = () => {
    pools ??= classes.map((name, k) => ({ name, part: pooled(parts[k]!) }));
    return pools;
  };
  return {
    add(sample, prediction) {
      pools = null;
      if (sample.fov !== null) fieldsOfView++;
      const pixels = sample.mask.data.length;
      const { width, height } = sample.mask;
      const raw = labelsOf(prediction, pixels, threshold);
      const labels = postprocessed(raw, width, height, postprocess, sample.fov?.data);
      if (classes.length > 1) addConfusion(confusion, sample, labels);
      const own = classes.map((_, k) => {
        const [truth, predicted] = [sample.mask.data, labels].map((values) =>
          values.map((value) => (value === k + 1 ? 1 : 0)),
        );
        return agreementOf(sample, probabilitiesOf(prediction, pixels, k + 1), truth!, predicted!);
      });
      for (const [k, part] of own.entries()) parts[k]!.push(part);
      const each = own.map((part) => metricsOf(part, empty));
      const metrics = { id: sample.id, ...meanOf(each) };
      perImage.push(metrics);
      return metrics;
    },
    evaluation() {
      const each = pooledAgreements().map(({ name, part }, k) => {
        const images = parts[k]!.map((own) => metricsOf(own, empty));
        const metrics = metricsOf(part, empty);
        return { name, metrics, mean: meanOf(images), imagesInMean: countsOf(images) };
      });
      const several = classes.length > 1;
      return {
        empty,
        metrics: meanOf(each.map(({ metrics }) => metrics)),
        mean: meanOf(perImage),
        imagesInMean: countsOf(perImage),
        fieldsOfView,
        perImage,
        classes: several ? each : [],
        confusion: several ? confusion : null,
      };
    },
    pooledAgreements,
  };
}

function addConfusion(confusion: number[][], sample: Sample, labels: Uint8Array): void {
  const counts = judged(sample);
  for (let i = 0; i < labels.length; i++) {
    if (counts?.[i] !== 0) confusion[sample.mask.data[i]!]![labels[i]!]!++;
  }
}

/** Scores the prediction of each sample, in order. Higher values mean foreground. */
export function score(
  samples: readonly Sample[],
  predictions: readonly Float32Array[],
  threshold: number,
  classes?: readonly string[],
  empty?: EmptyRule,
): Evaluation {
  const scoring = scorer(threshold, classes, empty);
  for (const [n, sample] of samples.entries()) scoring.add(sample, predictions[n]!);
  return scoring.evaluation();
}
