import { describe, expect, it } from 'vitest';
import { learningRateAt } from '../../../src/runtime/training/schedule.js';

describe('learning rate', () => {
  it('stays where it is constant', () => {
    const schedule = { kind: 'constant', warmup: 0 } as const;
    expect([0, 50, 99].map((step) => learningRateAt(schedule, 0.01, step, 100))).toEqual([
      0.01, 0.01, 0.01,
    ]);
  });

  it('rises over the warmup and is at its peak after it', () => {
    const schedule = { kind: 'constant', warmup: 3 } as const;
    const rates = [0, 1, 2, 3].map((step) => learningRateAt(schedule, 4, step, 10));
    expect(rates).toEqual([1, 2, 3, 4]);
  });

  it('falls along half a cosine to the floor at the last step', () => {
    const schedule = { kind: 'cosine', warmup: 0, floor: 0.1 } as const;
    expect(learningRateAt(schedule, 2, 0, 101)).toBeCloseTo(2, 12);
    expect(learningRateAt(schedule, 2, 50, 101)).toBeCloseTo(1.1, 12);
    expect(learningRateAt(schedule, 2, 100, 101)).toBeCloseTo(0.2, 12);
  });
});
