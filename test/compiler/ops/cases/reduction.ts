import { apart, around, listed, type OpCase } from './case.js';

const image = [2, 3, 5, 3];
const forms: readonly (readonly [string, readonly number[], boolean])[] = [
  ['over the image, kept', [1, 2], true],
  ['over the image, dropped', [1, 2], false],
  ['over channels', [3], true],
  ['over all', [0, 1, 2, 3], false],
];

export const reductionCases: readonly OpCase[] = [
  ...(['reduceSum', 'reduceMean', 'reduceMax'] as const).flatMap((op) =>
    forms.map(([name, axes, keepDims]) => ({
      op,
      name,
      operands: [op === 'reduceMax' ? apart(image, 1) : around(image, 2)],
      attributes: { axes, keepDims },
    })),
  ),
  // In float32, adding the same number often to a sum that has grown always rounds to the same side.
  ...(['reduceSum', 'reduceMean'] as const).flatMap((op) =>
    (
      [
        [[1, 2], true],
        [[1, 2], false],
        [[0, 1, 2], false],
        [[0, 1, 2, 3], false],
      ] as const
    ).map(([axes, keepDims]) => ({
      op,
      name: `of many pixels alike, axes ${axes}${keepDims ? ', kept' : ''}`,
      operands: [listed([2, 160, 160, 2], Array(2 * 160 * 160 * 2).fill(0.1234567))],
      attributes: { axes, keepDims },
      differentiable: [],
    })),
  ),
  {
    op: 'reduceMax',
    name: 'an axis of one',
    operands: [listed([3, 1], [1, 2, 3])],
    attributes: { axes: [1], keepDims: false },
  },
];
