import { batchNormTrain } from '../../../../src/compiler/ops/normalisation/batch-norm-train.js';
import type { Extents } from '../../../../src/compiler/sizes/size.js';
import { evaluated } from '../evaluated.js';
import { around, between, type CaseOperand, listed, type OpCase } from './case.js';

const sizes: readonly (readonly [name: string, shape: Extents])[] = [
  ['an odd image', [2, 3, 5, 3]],
  ['an image of one pixel', [5, 1, 1, 2]],
  ['two elements a channel', [1, 1, 2, 4]],
];

function threeOf(name: string, shape: Extents, epsilon: number): readonly OpCase[] {
  const channels = [shape[3]!];
  // Off centre, so that a mean that is left out shows.
  const x = between(shape, -1, 3, 1);
  const [scale, shift] = [between(channels, 0.5, 2, 2), around(channels, 3)];
  const [, mean, variance] = evaluated(batchNormTrain, [x, scale, shift], { epsilon }).map(
    ({ shape, data }): CaseOperand => listed(shape, [...data]),
  );
  return [
    {
      op: 'batchNorm',
      name,
      operands: [x, scale, shift, around(channels, 4), between(channels, 0.2, 2, 5)],
      attributes: { epsilon, momentum: 0.1 },
    },
    {
      op: 'batchNormTrain',
      name,
      operands: [x, scale, shift],
      attributes: { epsilon },
      differentiable: [0],
    },
    {
      op: 'batchNormByMoments',
      name,
      operands: [x, scale, shift, mean!, variance!],
      attributes: { epsilon },
    },
    {
      op: 'batchNormGradient',
      name,
      operands: [around(shape, 6), x, scale, mean!, variance!],
      attributes: { epsilon },
    },
  ];
}

export const normalisationCases: readonly OpCase[] = [
  ...sizes.flatMap(([name, shape]) => threeOf(name, shape, 1e-3)),
  ...threeOf('a large epsilon', [2, 3, 3, 2], 0.5),
  ...threeOf('one element a channel, a small epsilon', [1, 1, 1, 3], 1e-6),
];
