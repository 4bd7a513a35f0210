import { describe, expect, it } from 'vitest';
import { confusionAt, scoresOf } from '../../../src/runtime/metrics/metrics.js';
import { areasOf, rank } from '../../../src/runtime/metrics/ranking.js';

const rankingScores = (probabilities: readonly number[], target: readonly number[]) =>
  areasOf(rank(probabilities, target));

describe('scores at a threshold', () => {
  const probabilities = [0.9, 0.8, 0.5, 0.4, 0.3, 0.1, 0.6, 0.2];
  const target = [1, 1, 1, 1, 0, 0, 0, 0];

  it('counts a probability equal to the threshold as foreground', () => {
    expect(confusionAt(probabilities, target, 0.5)).toEqual({ tp: 3, fp: 1, fn: 1, tn: 3 });
  });

  it('has SE over the drawn foreground and SP over the drawn background', () => {
    const scores = scoresOf({ tp: 30, fp: 10, fn: 20, tn: 140 });
    expect(scores.se).toBeCloseTo(30 / 50, 12);
    expect(scores.sp).toBeCloseTo(140 / 150, 12);
    expect(scores.ac).toBeCloseTo(170 / 200, 12);
    expect(scores.precision).toBeCloseTo(30 / 40, 12);
    expect(scores.f1).toBeCloseTo(60 / 90, 12);
    expect(scores.jaccard).toBeCloseTo(30 / 60, 12);
  });

  it('has no number where there is nothing to divide by', () => {
    const nothing = { tp: 0, fp: 0, fn: 0, tn: 5 };
    const undefinedOnes = { se: null, precision: null, f1: null, jaccard: null };
    expect(scoresOf(nothing)).toEqual({ ac: 1, sp: 1, ...undefinedOnes });
    expect(scoresOf({ ...nothing, fp: 2 })).toMatchObject({ se: null, precision: 0, f1: 0 });
    expect(scoresOf({ ...nothing, fn: 2 })).toMatchObject({ se: 0, precision: null, f1: 0 });
  });

  it('is 1 there by the convention of challenges, but not where there is no pixel at all', () => {
    const nothing = { tp: 0, fp: 0, fn: 0, tn: 5 };
    expect(scoresOf(nothing, 'one')).toEqual({
      ac: 1,
      se: 1,
      sp: 1,
      precision: 1,
      f1: 1,
      jaccard: 1,
    });
    // False positives and misses stay wrong.
    expect(scoresOf({ ...nothing, fp: 2 }, 'one')).toMatchObject({ se: 1, precision: 0, f1: 0 });
    expect(scoresOf({ ...nothing, fn: 2 }, 'one')).toMatchObject({ se: 0, precision: 1, f1: 0 });
    const none = scoresOf({ tp: 0, fp: 0, fn: 0, tn: 0 }, 'one');
    expect(Object.values(none)).toEqual([null, null, null, null, null, null]);
  });
});

describe('areas under curves', () => {
  it('is the share of pairs in the right order', () => {
    // Of the 6 pairs of a foreground and a background pixel, 5 are in order.
    expect(rankingScores([0.9, 0.4, 0.8, 0.3, 0.2], [1, 1, 0, 0, 0]).rocAuc).toBeCloseTo(5 / 6, 12);
  });

  it('counts a tie as half a pair, whichever comes first', () => {
    expect(rankingScores([0.5, 0.5, 0.2], [1, 0, 0]).rocAuc).toBeCloseTo(0.75, 12);
    expect(rankingScores([0.5, 0.5, 0.2], [0, 1, 0]).rocAuc).toBeCloseTo(0.75, 12);
    expect(rankingScores([0.7, 0.7, 0.7, 0.7], [1, 0, 1, 0]).rocAuc).toBeCloseTo(0.5, 12);
  });

  it('has the average precision of its ranking', () => {
    // Found at ranks 1, 3 and 4: (1 + 2/3 + 3/4) / 3.
    const { prAuc } = rankingScores([0.9, 0.8, 0.7, 0.6, 0.5], [1, 0, 1, 1, 0]);
    expect(prAuc).toBeCloseTo((1 + 2 / 3 + 3 / 4) / 3, 12);
  });

  it('gives chance its share of the foreground as average precision', () => {
    expect(rankingScores([0.1, 0.1, 0.1, 0.1], [1, 0, 0, 0]).prAuc).toBeCloseTo(0.25, 12);
  });

  it('is undefined with one class only', () => {
    expect(rankingScores([0.1, 0.2], [1, 1])).toEqual({ rocAuc: null, prAuc: null });
  });
});
