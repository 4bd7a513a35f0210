import { describe, expect, it } from 'vitest';
import type { Schedule } from '../../../src/runtime/experiments/options/training.js';
import { learningRateAt } from '../../../src/runtime/training/schedule.js';

const rates = (schedule: Schedule, steps: readonly number[], peak = 1, length = 101): number[] =>
  steps.map((step) => learningRateAt(schedule, { peak, steps: length, stepsPerEpoch: 2.5 }, step));

describe('learning rate', () => {
  it('stays where it is constant', () => {
    const schedule = { kind: 'constant', warmup: 0 } as const;
    expect(rates(schedule, [0, 50, 99], 0.01)).toEqual([0.01, 0.01, 0.01]);
  });

  it('rises over the warmup and is at its peak after it', () => {
    const schedule = { kind: 'constant', warmup: 3 } as const;
    expect(rates(schedule, [0, 1, 2, 3], 4)).toEqual([1, 2, 3, 4]);
  });

  it('falls along half a cosine to the floor at the last step', () => {
    const schedule = { kind: 'cosine', warmup: 0, floor: 0.1 } as const;
    const [first, middle, last] = rates(schedule, [0, 50, 100], 2);
    expect(first).toBeCloseTo(2, 12);
    expect(middle).toBeCloseTo(1.1, 12);
    expect(last).toBeCloseTo(0.2, 12);
  });

  it('is multiplied at each step that is named, after the warmup too', () => {
    const schedule = {
      kind: 'step',
      warmup: 2,
      at: [1, 4, 6],
      unit: 'steps',
      factor: 0.5,
    } as const;
    expect(rates(schedule, [0, 1, 2, 3, 4, 5, 6, 100], 12)).toEqual([4, 8, 6, 6, 3, 3, 1.5, 1.5]);
  });

  it('counts epochs by the batches they take', () => {
    const schedule = { kind: 'step', warmup: 0, at: [1, 2], unit: 'epochs', factor: 0.5 } as const;
    expect(rates(schedule, [0, 2, 3, 4, 5])).toEqual([1, 1, 0.5, 0.5, 0.25]);
  });

  it('falls with each plateau of validation, to the floor', () => {
    const plateau = { kind: 'plateau', warmup: 1, factor: 0.5, patience: 1, floor: 0.2 } as const;
    const span = { peak: 8, steps: 10, stepsPerEpoch: 1 };
    const after = [0, 1, 2, 3].map((falls) => learningRateAt(plateau, span, 5, falls));
    expect(after).toEqual([8, 4, 2, 1.6]);
    expect(learningRateAt(plateau, span, 0, 3)).toBe(4);
  });
});
