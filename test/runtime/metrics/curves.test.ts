import { describe, expect, it } from 'vitest';
import { prOf, rocOf } from '../../../src/runtime/metrics/curves.js';
import { type Ranked, rank } from '../../../src/runtime/metrics/ranking.js';

/** Two overlapping classes of so many pixels each, the same at every run. */
function overlapping(count: number): Ranked {
  const value = (i: number): number => (Math.sin(i * 12.9898) * 43758.5453) % 1;
  const probabilities = Array.from({ length: 2 * count }, (_, i) => {
    const noise = Math.abs(value(i + 1)) + Math.abs(value(3 * i + 2));
    return noise / 3 + (i < count ? 0.3 : 0);
  });
  return rank(
    probabilities,
    probabilities.map((_, i) => (i < count ? 1 : 0)),
  );
}

/** Under straight lines between points. */
const under = (points: readonly (readonly [number, number])[]): number =>
  points
    .slice(1)
    .reduce((sum, [x, y], i) => sum + ((x - points[i]![0]) * (y + points[i]![1])) / 2, 0);

describe('curves', () => {
  it('of few pixels have every threshold, from nothing found to all found', () => {
    const ranked = rank([0.9, 0.8, 0.5, 0.3], [1, 0, 1, 0]);
    const roc = rocOf('vessel', ranked);
    expect(roc.points.map(({ fpr, tpr }) => [fpr, tpr])).toEqual([
      [0, 0],
      [0, 0.5],
      [0.5, 0.5],
      [0.5, 1],
      [1, 1],
    ]);
    expect(roc.points.map(({ threshold }) => threshold)).toEqual([
      null,
      ...Float32Array.of(0.9, 0.8, 0.5, 0.3),
    ]);
    expect(roc.area).toBe(0.75);
    const pr = prOf('vessel', ranked);
    expect(pr.points.map(({ recall, precision }) => [recall, precision])).toEqual([
      [0, 1],
      [0.5, 1],
      [0.5, 0.5],
      [1, 0.666667],
      [1, 0.5],
    ]);
  });

  it('of many pixels keep 500 points and their area', () => {
    const ranked = overlapping(100_000);
    const roc = rocOf('vessel', ranked);
    expect(roc.points.length).toBeLessThanOrEqual(500);
    expect(roc.points.at(-1)).toMatchObject({ fpr: 1, tpr: 1 });
    const area = under(roc.points.map(({ fpr, tpr }) => [fpr, tpr] as const));
    expect(Math.abs(area - roc.area!)).toBeLessThan(1e-4);
    const pr = prOf('vessel', ranked);
    expect(pr.points.length).toBeLessThanOrEqual(500);
    expect(pr.points.at(-1)).toMatchObject({ recall: 1 });
    const precisions = under(
      pr.points.map(({ recall, precision }) => [recall, precision] as const),
    );
    expect(Math.abs(precisions - pr.area!)).toBeLessThan(1e-4);
  });

  it('end where everything is found, however close the last points lie', () => {
    const ties = Array.from({ length: 60_000 }, (_, i) => 0.5 - i * 1e-6);
    const ranked = rank([0.9, ...ties], [1, ...ties.map(() => 0)]);
    expect(rocOf('vessel', ranked).points.at(-1)).toMatchObject({ fpr: 1, tpr: 1 });
  });

  it('have no point where a class is absent', () => {
    expect(rocOf('vessel', rank([0.2, 0.4], [0, 0]))).toEqual({
      name: 'vessel',
      area: null,
      points: [],
    });
  });
});
