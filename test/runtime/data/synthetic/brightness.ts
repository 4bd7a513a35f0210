import { confusionAt, scoresOf } from '../../../../src/runtime/metrics/metrics.js';

/** The best F1 that a threshold on `values` reaches, of 64 over their range; all that is at least it counts. */
export function bestF1(values: ArrayLike<number>, mask: Uint8Array): number {
  const scores = Float32Array.from(values);
  const [least, most] = [Math.min(...scores), Math.max(...scores)];
  const thresholds = Array.from({ length: 64 }, (_, n) => least + ((most - least) * n) / 63);
  return Math.max(...thresholds.map((t) => scoresOf(confusionAt(scores, mask, t)).f1 ?? 0));
}

export const mean = (values: readonly number[]): number =>
  values.reduce((a, b) => a + b, 0) / values.length;

/** The share of pixels that are no background. */
export const shareOf = (data: Uint8Array): number => data.filter((n) => n > 0).length / data.length;
