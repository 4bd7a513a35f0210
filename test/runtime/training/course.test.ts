import { describe, expect, it } from 'vitest';
import type { ValidationMetric } from '../../../src/runtime/experiments/options/training.js';
import { type Course, followed, start } from '../../../src/runtime/training/course.js';

/** The courses after each of the values, validated at steps 10, 20, ... */
function courses(
  metric: ValidationMetric,
  values: readonly (number | null)[],
  patience: number | null = null,
): Course[] {
  const all: Course[] = [];
  for (const [i, value] of values.entries()) {
    all.push(followed(all.at(-1) ?? start, metric, { step: 10 * (i + 1), value }, patience));
  }
  return all;
}

describe('the course of validations', () => {
  it('keeps the first of the best: the most of a score, the least of a loss', () => {
    const best = (metric: ValidationMetric) => courses(metric, [0.5, 0.7, 0.7, 0.4]).at(-1)?.best;
    expect(best('f1')).toEqual({ step: 20, value: 0.7 });
    expect(best('loss')).toEqual({ step: 40, value: 0.4 });
  });

  it('counts validations in a row without a better one', () => {
    const waited = courses('f1', [0.5, 0.4, 0.5, 0.6, 0.1]).map((course) => course.waited);
    expect(waited).toEqual([0, 1, 2, 0, 1]);
  });

  it('takes a score that is not defined for no better one', () => {
    const [first, second, third] = courses('rocAuc', [null, Number.NaN, 0.1]);
    expect([first!.best, second!.best]).toEqual([null, null]);
    expect(second!.waited).toBe(2);
    expect(third!.best).toEqual({ step: 30, value: 0.1 });
  });

  it('lets the rate fall at each plateau, and waits as long for the next', () => {
    const falls = (patience: number | null): number[] =>
      courses('f1', [0.5, 0.5, 0.5, 0.5, 0.5, 0.6, 0.6, 0.6], patience).map((c) => c.falls);
    expect(falls(2)).toEqual([0, 0, 1, 1, 2, 2, 2, 3]);
    expect(falls(null)).toEqual([0, 0, 0, 0, 0, 0, 0, 0]);
  });
});
