import type { Extents } from '../../../../src/compiler/sizes/size.js';
import { fixedShape } from '../evaluated.js';
import { around, type OpCase } from './case.js';

const sizes: readonly (readonly [name: string, from: Extents, to: Extents])[] = [
  ['doubles an odd image', [2, 3, 5, 3], [2, 6, 10, 3]],
  ['triples the height', [1, 3, 4, 2], [1, 9, 4, 2]],
  ['to one half more', [1, 4, 6, 2], [1, 6, 9, 2]],
  ['odd to odd', [1, 5, 3, 2], [1, 7, 5, 2]],
  ['halves', [1, 6, 8, 2], [1, 3, 4, 2]],
  ['shrinks, not evenly', [1, 7, 8, 2], [1, 3, 5, 2]],
  ['spreads one pixel', [1, 1, 1, 2], [1, 3, 4, 2]],
];

/** Sizes at which a position times a rounded factor would miss, and those that only what shrinks and grows knows. */
const areas: typeof sizes = [
  ...sizes,
  ['stays', [1, 3, 4, 2], [1, 3, 4, 2]],
  ['shrinks one axis and grows the other', [2, 9, 3, 1], [2, 4, 7, 1]],
  ['shrinks a long axis unevenly', [1, 2, 997, 1], [1, 2, 512, 1]],
  ['to one pixel', [1, 5, 6, 3], [1, 1, 1, 3]],
];

const resizeAreaCases = areas.map(
  ([name, from, to]): OpCase => ({
    op: 'resizeArea',
    name,
    operands: [around(from, 1)],
    attributes: { shape: fixedShape(to) },
  }),
);

const others: readonly OpCase[] = (['resizeNearest', 'resizeBilinear'] as const).flatMap((op) =>
  sizes.flatMap(([name, from, to]): OpCase[] => [
    { op, name, operands: [around(from, 1)], attributes: { shape: fixedShape(to) } },
    {
      op: `${op}Gradient`,
      name,
      operands: [around(to, 2)],
      attributes: { shape: fixedShape(from) },
    },
  ]),
);

export const resizingCases: readonly OpCase[] = [...others, ...resizeAreaCases];
