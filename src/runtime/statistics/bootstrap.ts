import { mean, quantile } from './moments.js';

export interface Interval {
  readonly low: number;
  readonly high: number;
}

export interface BootstrapOptions {
  /** Uniform in [0, 1). */
  readonly uniform: () => number;
  readonly samples: number;
  /** As 0.95. */
  readonly level: number;
}

/**
 * The interval of the mean by the percentile bootstrap (Efron 1979): the mean of values drawn again with replacement,
 * many times, and its quantiles. Null of fewer than two values.
 */
export function bootstrapMean(
  values: readonly number[],
  { uniform, samples, level }: BootstrapOptions,
): Interval | null {
  if (values.length < 2) return null;
  const drawn = (): number => values[Math.floor(uniform() * values.length)]!;
  const means = Array.from({ length: samples }, () => mean(values.map(drawn)));
  const tail = (1 - level) / 2;
  return { low: quantile(means, tail), high: quantile(means, 1 - tail) };
}
