import { describe, expect, it } from 'vitest';
import { averagePool } from '../../../src/compiler/ops/pooling/average-pool.js';
import { averagePoolGradient } from '../../../src/compiler/ops/pooling/average-pool-gradient.js';
import type { PoolAttributes } from '../../../src/compiler/ops/pooling/geometry.js';
import { maxPool } from '../../../src/compiler/ops/pooling/max-pool.js';
import { maxPoolGradient } from '../../../src/compiler/ops/pooling/max-pool-gradient.js';
import { maxPoolWithSwitches } from '../../../src/compiler/ops/pooling/max-pool-with-switches.js';
import { maxUnpool } from '../../../src/compiler/ops/pooling/max-unpool.js';
import { takeSwitches } from '../../../src/compiler/ops/pooling/take-switches.js';
import { evaluated, fixedShape, inferred, tensor } from './evaluated.js';

const halving: PoolAttributes = { window: [2, 2], strides: [2, 2], padding: 'same' };
const image = (height: number, width: number, values: number[]) =>
  tensor([1, height, width, 1], values);

describe('maxPool', () => {
  it('takes the largest of each window, negative ones too where there is padding', () => {
    const x = image(3, 3, [-1, -2, -3, -4, -5, -6, -7, -8, -9]);
    expect([...evaluated(maxPool, [x], halving)[0]!.data]).toEqual([-1, -3, -7, -9]);
  });

  it('pools each channel by itself', () => {
    const x = tensor([1, 2, 2, 2], [1, 8, 2, 7, 3, 6, 4, 5]);
    expect([...evaluated(maxPool, [x], halving)[0]!.data]).toEqual([4, 8]);
  });

  it('halves symbolic sizes and demands it', () => {
    expect(inferred(maxPool, ['[N, H, W, 64]'], halving)).toEqual({
      shape: '[N, H/2, W/2, 64]',
      demands: ['H/2', 'W/2'],
    });
  });

  it('rounds a constant odd size down with "valid" and up with "same"', () => {
    const valid = inferred(maxPool, ['[N, 5, 5, 1]'], { ...halving, padding: 'valid' });
    expect(valid.shape).toBe('[N, 2, 2, 1]');
    expect(inferred(maxPool, ['[N, 5, 5, 1]'], halving).shape).toBe('[N, 3, 3, 1]');
  });

  it('refuses a padding it does not have', () => {
    const torch = { ...halving, padding: 'torch' } as unknown as PoolAttributes;
    expect(() => inferred(maxPool, ['[N, H, W, 1]'], torch)).toThrow('"same", "valid" or "floor"');
  });
});

describe('maxPoolGradient', () => {
  it('gives a tie to the first in row-major order', () => {
    const x = image(2, 2, [1, 3, 3, 3]);
    const [y] = evaluated(maxPool, [x], halving);
    const g = image(1, 1, [5]);
    expect([...evaluated(maxPoolGradient, [x, y!, g], halving)[0]!.data]).toEqual([0, 5, 0, 0]);
  });

  it('adds up what an element gets from windows that overlap', () => {
    const overlapping: PoolAttributes = { window: [1, 3], strides: [1, 1], padding: 'same' };
    const x = image(1, 4, [0, 9, 1, 2]);
    const [y] = evaluated(maxPool, [x], overlapping);
    const g = image(1, 4, [1, 10, 100, 1000]);
    const [dx] = evaluated(maxPoolGradient, [x, y!, g], overlapping);
    expect([...dx!.data]).toEqual([0, 111, 0, 1000]);
  });
});

describe('maxPoolWithSwitches', () => {
  it('says where in its own image each maximum was, of equal ones the first', () => {
    const x = tensor([2, 2, 2, 2], [1, 8, 2, 7, 3, 6, 4, 5, 9, 0, 9, 0, 0, 0, 0, 1]);
    const [y, switches] = evaluated(maxPoolWithSwitches, [x], halving);
    expect([...y!.data]).toEqual([4, 8, 9, 1]);
    expect([...switches!.data]).toEqual([6, 1, 0, 7]);
  });
});

describe('maxUnpool', () => {
  const at = (positions: number[]) => ({
    ...image(1, positions.length, positions),
    dtype: 'int' as const,
  });

  it('puts the values back where they were and zeros around them', () => {
    const y = image(1, 2, [5, 7]);
    const shape = { shape: fixedShape([1, 2, 4, 1]) };
    const [x] = evaluated(maxUnpool, [y, at([4, 3])], shape);
    expect([...x!.data]).toEqual([0, 0, 0, 7, 5, 0, 0, 0]);
    expect([...evaluated(takeSwitches, [x!, at([4, 3])], {})[0]!.data]).toEqual([5, 7]);
  });

  it('adds what meets at one position, as where windows overlap', () => {
    const shape = { shape: fixedShape([1, 1, 3, 1]) };
    const [x] = evaluated(maxUnpool, [image(1, 3, [1, 10, 100]), at([1, 1, 2])], shape);
    expect([...x!.data]).toEqual([0, 11, 100]);
  });

  it('refuses channels that are not those of the image', () => {
    const values = tensor([1, 1, 1, 2], [1, 2]);
    const switches = { ...values, dtype: 'int' as const };
    const shape = { shape: fixedShape([1, 2, 2, 3]) };
    expect(() => evaluated(maxUnpool, [values, switches], shape)).toThrow(
      'channels disagree: 2 and 3',
    );
  });

  it('refuses floats as switches', () => {
    const shape = { shape: fixedShape([1, 1, 2, 1]) };
    expect(() => evaluated(maxUnpool, [image(1, 1, [1]), image(1, 1, [0])], shape)).toThrow(
      'ints are wanted, not float',
    );
  });
});

describe('averagePool', () => {
  const wide: PoolAttributes = { window: [1, 3], strides: [1, 1], padding: 'same' };

  it('leaves padding out of the count', () => {
    expect([...evaluated(averagePool, [image(1, 3, [1, 2, 6])], wide)[0]!.data]).toEqual([
      1.5, 3, 4,
    ]);
  });

  it('shares the gradient by the same counts', () => {
    const attributes = { ...wide, shape: fixedShape([1, 1, 3, 1]) };
    const [dx] = evaluated(averagePoolGradient, [image(1, 3, [2, 3, 4])], attributes);
    expect([...dx!.data]).toEqual([1 + 1, 1 + 1 + 2, 1 + 2]);
  });
});
