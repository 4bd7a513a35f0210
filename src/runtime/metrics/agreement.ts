import { judged, type Sample } from '../data/sample.js';
import type { EmptyRule } from '../experiments/options/evaluation.js';
import { hd95Of, surfaceDistances } from './boundary.js';
import {
  addCalibrations,
  type Calibration,
  calibrationError,
  calibrationOf,
} from './calibration.js';
import { type Confusion, confusionAt, type Scores, scoresOf } from './metrics.js';
import { areasOf, type Ranked, type RankingScores, rank } from './ranking.js';

export interface Metrics extends Scores, RankingScores {
  /** Expected calibration error over 15 equal bins; null where values are no probabilities. */
  readonly ece: number | null;
  /**
   * 95th percentile of the distances between the surfaces, in pixels; null where a mask is empty, but 0
   * for two empty ones under the rule `one`.
   */
  readonly hd95: number | null;
}

/** What the metrics of one class are made from, of one image or of many. */
export interface Agreement {
  readonly confusion: Confusion;
  readonly ranked: Ranked;
  readonly calibration: Calibration;
  /** Null where only one of the two masks is empty. */
  readonly distances: Float64Array | null;
}

/**
 * One class of one image. `truth` and `predicted` are 1 where the class is; pixels outside the
 * field of view and those that nobody judged count for nothing, and there is no boundary in them.
 */
export function agreementOf(
  sample: Sample,
  probabilities: Float32Array,
  truth: Uint8Array,
  predicted: Uint8Array,
): Agreement {
  const { width, height } = sample.mask;
  const inside = judged(sample);
  const within = <T extends Uint8Array | Float32Array>(values: T): T =>
    inside === null ? values : (values.filter((_, i) => inside[i] === 1) as T);
  const cut = (values: Uint8Array): Uint8Array =>
    inside === null ? values : values.map((value, i) => value & inside[i]!);
  const [p, target] = [within(probabilities), within(truth)];
  return {
    confusion: confusionAt(within(predicted), target, 1),
    ranked: rank(p, target),
    calibration: calibrationOf(p, target),
    distances: surfaceDistances(cut(truth), cut(predicted), width, height),
  };
}

/** All pixels of all parts as if they were of one image; images without a distance add none. */
export function pooled(parts: readonly Agreement[]): Agreement {
  const sum = (key: keyof Confusion): number =>
    parts.reduce((total, { confusion }) => total + confusion[key], 0);
  const all = (key: keyof Ranked): Float32Array =>
    joined(
      parts.map(({ ranked }) => ranked[key]),
      Float32Array,
    ).sort();
  const measured = parts.flatMap(({ distances }) => (distances === null ? [] : [distances]));
  const distances = joined(measured, Float64Array);
  return {
    confusion: { tp: sum('tp'), fp: sum('fp'), fn: sum('fn'), tn: sum('tn') },
    ranked: { foreground: all('foreground'), background: all('background') },
    calibration: addCalibrations(parts.map(({ calibration }) => calibration)),
    distances: distances.length === 0 && measured.length < parts.length ? null : distances,
  };
}

function joined<T extends Float32Array | Float64Array>(
  arrays: readonly T[],
  make: new (length: number) => T,
): T {
  const all = new make(arrays.reduce((n, { length }) => n + length, 0));
  let at = 0;
  for (const one of arrays) {
    all.set(one, at);
    at += one.length;
  }
  return all;
}

/** Every measure, in the order of the tables. */
export const metricKeys = [
  'ac',
  'se',
  'sp',
  'precision',
  'f1',
  'jaccard',
  'rocAuc',
  'prAuc',
  'ece',
  'hd95',
] as const satisfies readonly (keyof Metrics)[];

const byKey = <T>(of: (key: keyof Metrics) => T): Record<keyof Metrics, T> =>
  Object.fromEntries(metricKeys.map((key) => [key, of(key)])) as Record<keyof Metrics, T>;

export function metricsOf(
  { confusion, ranked, calibration, distances }: Agreement,
  empty: EmptyRule,
): Metrics {
  const scores = scoresOf(confusion, empty);
  const agreeOnNothing = empty === 'one' && distances?.length === 0 && scores.ac !== null;
  return {
    ...scores,
    ...areasOf(ranked),
    ece: calibrationError(calibration),
    hd95: agreeOnNothing ? 0 : hd95Of(distances),
  };
}

/** How many images a mean is of, by measure. */
export type Counts = Readonly<Record<keyof Metrics, number>>;

const definedOf = (all: readonly Metrics[], key: keyof Metrics): number[] =>
  all.map((metrics) => metrics[key]).filter((value) => value !== null);

/** The mean of each measure; where it is not defined it does not enter. */
export const meanOf = (all: readonly Metrics[]): Metrics =>
  byKey((key) => {
    const values = definedOf(all, key);
    return values.length === 0 ? null : values.reduce((a, b) => a + b, 0) / values.length;
  });

/** Of how many of `all` each measure is defined: how many enter `meanOf`. */
export const countsOf = (all: readonly Metrics[]): Counts =>
  byKey((key) => definedOf(all, key).length);
