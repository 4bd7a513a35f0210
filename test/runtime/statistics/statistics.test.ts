import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { purposes, randomOf } from '../../../src/runtime/data/random.js';
import { bootstrapMean } from '../../../src/runtime/statistics/bootstrap.js';
import { holm } from '../../../src/runtime/statistics/holm.js';
import { mean, quantile, spread } from '../../../src/runtime/statistics/moments.js';
import { upperTail } from '../../../src/runtime/statistics/normal.js';
import { wilcoxon } from '../../../src/runtime/statistics/wilcoxon.js';

/** What scipy and statsmodels say: bench/peers/statistics/reference.py. */
const cases = JSON.parse(readFileSync('test/fixtures/statistics/cases.json', 'utf8'));

const near = (actual: number, expected: number): void =>
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-12 + 1e-10 * Math.abs(expected));

describe('as scipy and statsmodels', () => {
  it('test paired differences by signed ranks', () => {
    for (const { differences, method, statistic, p } of cases.wilcoxon) {
      const test = wilcoxon(differences);
      expect(test.method).toBe(method);
      near(test.statistic, statistic);
      near(test.p, p);
    }
  });

  it('correct for several tests', () => {
    for (const { values, adjusted } of cases.holm) {
      for (const [i, value] of holm(values).entries()) near(value, adjusted[i]);
    }
  });

  it('tell mean, spread and quantiles', () => {
    for (const { values, quantiles, ...expected } of cases.moments) {
      near(mean(values), expected.mean);
      near(spread(values)!, expected.spread);
      for (const [q, value] of Object.entries(quantiles)) {
        near(quantile(values, Number(q)), value as number);
      }
    }
  });

  it('know the tail of the normal distribution', () => {
    for (const { z, p } of cases.tail) expect(Math.abs(upperTail(z) / p - 1)).toBeLessThan(1e-12);
  });

  it('bound a mean by the bootstrap', () => {
    for (const { values, low, high } of cases.bootstrap) {
      const { uniform } = randomOf(1, purposes.bootstrap);
      const interval = bootstrapMean(values, { uniform, samples: 20_000, level: 0.95 })!;
      // Both are drawn: their ends vary by some hundredths of the interval.
      const wide = high - low;
      expect(Math.abs(interval.low - low)).toBeLessThan(0.03 * wide);
      expect(Math.abs(interval.high - high)).toBeLessThan(0.03 * wide);
    }
  });
});

describe('at the edges', () => {
  it('nothing is found where no pair differs', () => {
    expect(wilcoxon([0, 0, 0])).toMatchObject({ n: 0, p: 1 });
    expect(wilcoxon([])).toMatchObject({ n: 0, p: 1 });
  });

  it('one value has no spread and no interval', () => {
    expect(spread([0.5])).toBeNull();
    expect(bootstrapMean([0.5], { uniform: () => 0, samples: 10, level: 0.95 })).toBeNull();
  });

  it('the same seed draws the same interval', () => {
    const interval = () => {
      const { uniform } = randomOf(3, purposes.bootstrap);
      return bootstrapMean([1, 2, 4, 8], { uniform, samples: 50, level: 0.9 });
    };
    expect(interval()).toEqual(interval());
  });
});
