import { describe, expect, it } from 'vitest';
import type { Value } from '../../../src/compiler/ir/graph.js';
import type { GradientBuilder } from '../../../src/compiler/ops/definition.js';
import { batchNorm } from '../../../src/compiler/ops/normalisation/batch-norm.js';
import { batchNormTrain } from '../../../src/compiler/ops/normalisation/batch-norm-train.js';
import { evaluated, inferred, tensor } from './evaluated.js';

const perChannel = (...values: number[]) => tensor([values.length], values);

describe('batchNorm', () => {
  it('uses the stored moments, channel by channel', () => {
    const x = tensor([1, 1, 2, 2], [3, 10, 5, 30]);
    const operands = [
      x,
      ...[
        [2, 1],
        [1, 0],
        [1, 20],
        [4, 100],
      ].map((v) => perChannel(...v)),
    ];
    const [y] = evaluated(batchNorm, operands, { epsilon: 0, momentum: 0.1 });
    expect([...y!.data]).toEqual([3, -1, 5, 1]);
  });

  it('adds epsilon under the root', () => {
    const operands = [tensor([1, 1, 1, 1], [3]), ...[1, 0, 0, 7].map((v) => perChannel(v))];
    expect([...evaluated(batchNorm, operands, { epsilon: 2, momentum: 0.1 })[0]!.data]).toEqual([
      1,
    ]);
  });

  it('wants one number a channel', () => {
    const shapes = ['[N, H, W, 64]', '[64]', '[64]', '[32]', '[64]'];
    expect(() => inferred(batchNorm, shapes, { epsilon: 1e-5, momentum: 0.1 })).toThrow(
      'channels disagree: one number for each of 64 is wanted, not [32]',
    );
  });
});

describe('batchNormTrain', () => {
  // Four elements of mean 2.5, squared deviations summing to 5.
  const x = tensor([2, 1, 2, 1], [1, 2, 3, 4]);

  it('normalises by the biased variance and gives the unbiased one to store', () => {
    const [y, mean, variance] = evaluated(batchNormTrain, [x, perChannel(1), perChannel(0)], {
      epsilon: 0,
    });
    const deviation = Math.sqrt(5 / 4);
    [-1.5, -0.5, 0.5, 1.5].forEach((d, i) => {
      expect(y!.data[i]).toBeCloseTo(d / deviation, 14);
    });
    expect([...mean!.data]).toEqual([2.5]);
    expect(variance!.data[0]).toBeCloseTo(5 / 3, 14);
  });

  it('has a variance of 0 where a channel has one element', () => {
    const operands = [tensor([1, 1, 1, 1], [7]), perChannel(3), perChannel(5)];
    const results = evaluated(batchNormTrain, operands, { epsilon: 1e-5 });
    expect(results.map(({ data }) => data[0])).toEqual([5, 7, 0]);
  });

  it('refuses to be differentiated by its moments', () => {
    const value = {} as Value;
    const node = { operands: [value, value, value], results: [value, value, value] } as const;
    expect(() =>
      batchNormTrain.gradient?.({} as GradientBuilder, node, [value, value, null], {
        epsilon: 1e-5,
      }),
    ).toThrow('first result');
  });
});
