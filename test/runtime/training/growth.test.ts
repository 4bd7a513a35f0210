import { describe, expect, it } from 'vitest';
import { watchGrowth } from '../../../src/runtime/training/growth.js';

const watched = (losses: readonly number[]) => {
  const growth = watchGrowth();
  return losses.flatMap((loss, i) => (growth(loss) ? [i] : []));
};
const many = (count: number, loss: number): number[] => Array<number>(count).fill(loss);

describe('a loss that grew', () => {
  it('is told once, when it is more than a thousand times the least mean of twenty steps', () => {
    const losses = [...many(20, 0.5), ...many(30, 0.2), 190, 199, 201, 5000, 6000];
    expect(watched(losses)).toEqual([52]);
  });

  it('is not one batch that had next to nothing in it', () => {
    expect(watched([...many(10, 0.5), 1e-7, ...many(60, 0.5)])).toEqual([]);
  });

  it('is told of one that grows slowly too', () => {
    const losses = Array.from({ length: 400 }, (_, i) => 0.01 * 1.02 ** i);
    const [first] = watched(losses);
    expect(losses[first!]! / 0.0123).toBeGreaterThan(950);
  });
});
