import type { Extents } from '../../../../src/compiler/sizes/size.js';
import { fixedShape } from '../evaluated.js';
import { around, int, type OpCase } from './case.js';

const image = [2, 3, 5, 3];

const broadcast = (name: string, from: Extents, to: Extents): OpCase => ({
  op: 'broadcastTo',
  name,
  operands: [around(from, 1)],
  attributes: { shape: fixedShape(to) },
});

const reshaped = (name: string, from: Extents, to: Extents): OpCase => ({
  ...broadcast(name, from, to),
  op: 'reshape',
});

const masked = (
  name: string,
  seed: number,
  step: number,
  rate: number,
  shape: Extents,
): OpCase => ({
  op: 'dropoutMask',
  name,
  operands: [int(seed), int(step)],
  attributes: { rate, path: `UShape/below/${name}`, shape: fixedShape(shape) },
});

export const structureCases: readonly OpCase[] = [
  {
    op: 'after',
    name: 'an image after a number',
    operands: [around(image, 1), around([], 2)],
    attributes: {},
  },
  { op: 'after', name: 'a seed', operands: [int(3), around(image, 2)], attributes: {} },
  { op: 'constant', name: 'a number', operands: [], attributes: { value: 0.25 } },
  {
    op: 'fill',
    name: 'an image',
    operands: [],
    attributes: { value: -2, shape: fixedShape(image) },
  },
  broadcast('a scalar', [], image),
  broadcast('a gate', [2, 3, 5, 1], image),
  broadcast('a row of channels', [1, 1, 1, 3], image),
  broadcast('to its own shape', image, image),
  reshaped('flattens', image, [90]),
  reshaped('joins height and width', image, [2, 15, 3]),
  reshaped('a single element to a scalar', [1, 1, 1, 1], []),
  {
    op: 'concat',
    name: 'channels of three',
    operands: [around(image, 1), around([2, 3, 5, 1], 2), around([2, 3, 5, 4], 3)],
    attributes: { axis: 3 },
  },
  {
    op: 'concat',
    name: 'heights',
    operands: [around(image, 1), around([2, 2, 5, 3], 2)],
    attributes: { axis: 1 },
  },
  { op: 'concat', name: 'one alone', operands: [around(image, 1)], attributes: { axis: 3 } },
  {
    op: 'slice',
    name: 'a box inside',
    operands: [around([2, 5, 6, 4], 1)],
    attributes: { begin: [0, 1, 3, 2], shape: fixedShape([2, 3, 2, 1]) },
  },
  {
    op: 'pad',
    name: 'unevenly',
    operands: [around(image, 1)],
    attributes: { before: [0, 1, 0, 2], after: [0, 2, 1, 0], value: 0 },
  },
  {
    op: 'pad',
    name: 'with ones',
    operands: [around([2, 3], 1)],
    attributes: { before: [0, 1], after: [1, 0], value: 1 },
  },
  ...(['dropout', 'spatialDropout', 'dropPath'] as const).map(
    (op): OpCase => ({
      op,
      name: 'as written',
      operands: [around(image, 1)],
      attributes: { rate: 0.5, path: 'dropout' },
    }),
  ),
  masked('odd', 7, 0, 0.25, image),
  masked('later', -5, 100000, 0.6, [1, 16, 16, 5]),
  masked('channels', 3, 17, 0.5, [3, 1, 1, 7]),
  masked('images', 3, 18, 0.2, [9, 1, 1, 1]),
  masked('off', 1, 2, 0, [3]),
];
