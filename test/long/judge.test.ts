import { expect, it } from 'vitest';
import { growth } from './judge.js';

/** A training of which each stretch of a thousand steps is as `memory` and `milliseconds` say. */
const training = (memory: (i: number) => number, milliseconds: (i: number) => number) =>
  Array.from({ length: 20 }, (_, i) => ({
    step: 1000 * (i + 1),
    memory: memory(i),
    milliseconds: milliseconds(i),
  }));

it('takes for flat what only grows while caches fill, or is disturbed for a while', () => {
  const filling = (i: number) => 300e6 + Math.min(i, 4) * 50e6;
  expect(growth(training(filling, (i) => (i === 17 ? 30 : 8)))).toEqual([]);
});

it('finds memory that grows', () => {
  expect(
    growth(
      training(
        (i) => 400e6 + i * 3e6,
        () => 8,
      ),
    ),
  ).toEqual(['memory grew from 421.0 MB to 451.0 MB']);
  expect(
    growth(
      training(
        (i) => 40e6 + i * 1e6,
        () => 8,
      ),
    ),
  ).toEqual(['memory grew from 47.0 MB to 57.0 MB']);
});

it('finds steps that take longer and longer', () => {
  expect(
    growth(
      training(
        () => 4e8,
        (i) => 8 + i / 10,
      ),
    ),
  ).toEqual(['a step took 8.70 ms of processor time and then 9.70 ms']);
});

it('judges no training that ended before its fourth stretch', () => {
  const stretches = training(
    () => 4e8,
    () => 8,
  ).slice(0, 3);
  expect(growth(stretches)).toEqual(['3 stretches are too few to judge']);
});
