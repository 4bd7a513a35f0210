import { adaptiveMaxPool } from '../../../../src/compiler/ops/pooling/adaptive-max-pool.js';
import type { PoolAttributes } from '../../../../src/compiler/ops/pooling/geometry.js';
import { maxPool } from '../../../../src/compiler/ops/pooling/max-pool.js';
import { maxPoolWithSwitches } from '../../../../src/compiler/ops/pooling/max-pool-with-switches.js';
import { evaluated, fixedShape } from '../evaluated.js';
import { apart, around, type CaseOperand, listed, type OpCase } from './case.js';

interface Setting extends PoolAttributes {
  readonly name: string;
}

const settings: readonly Setting[] = [
  { name: 'halves, an odd size up', window: [2, 2], strides: [2, 2], padding: 'same' },
  { name: 'halves, an odd size down', window: [2, 2], strides: [2, 2], padding: 'valid' },
  { name: 'overlaps', window: [3, 3], strides: [2, 2], padding: 'same' },
  { name: 'slides', window: [3, 2], strides: [1, 1], padding: 'same' },
  { name: 'halves, the rest left out', window: [2, 2], strides: [2, 2], padding: 'floor' },
  { name: 'overlaps, the rest left out', window: [2, 3], strides: [2, 3], padding: 'floor' },
  { name: 'skips', window: [1, 2], strides: [2, 3], padding: 'valid' },
];

const pooled = (x: CaseOperand, attributes: PoolAttributes): CaseOperand => ({
  dtype: 'float',
  ...evaluated(maxPool, [x], attributes)[0]!,
});

/** Where the maxima of x are. */
const switchesOf = (x: CaseOperand, attributes: PoolAttributes): CaseOperand => ({
  dtype: 'int',
  ...evaluated(maxPoolWithSwitches, [x], attributes)[1]!,
});

/** Small whole numbers, so that most windows have several largest elements. */
const tied = listed(
  [1, 4, 6, 2],
  Array.from({ length: 48 }, (_, i) => (i * i) % 3),
);

function casesOf({ name, ...attributes }: Setting): readonly OpCase[] {
  const shape = [2, 5, 7, 3];
  const x = apart(shape, 1);
  const y = pooled(x, attributes);
  const g = around(y.shape, 2);
  return [
    { op: 'maxPool', name, operands: [x], attributes },
    { op: 'maxPoolGradient', name, operands: [x, y, g], attributes },
    { op: 'maxPoolWithSwitches', name, operands: [x], attributes, differentiable: [0] },
    {
      op: 'maxUnpool',
      name,
      operands: [g, switchesOf(x, attributes)],
      attributes: { shape: fixedShape(shape) },
    },
    {
      op: 'takeSwitches',
      name,
      operands: [around(shape, 5), switchesOf(x, attributes)],
      attributes: {},
    },
    { op: 'averagePool', name, operands: [around(shape, 3)], attributes },
    {
      op: 'averagePoolGradient',
      name,
      operands: [g],
      attributes: { ...attributes, shape: fixedShape(shape) },
    },
  ];
}

function tiesOf({ name, ...attributes }: Setting): readonly OpCase[] {
  const y = pooled(tied, attributes);
  const ties = { name: `${name}, ties`, attributes };
  return [
    { ...ties, op: 'maxPoolGradient', operands: [tied, y, around(y.shape, 4)] },
    { ...ties, op: 'maxPoolWithSwitches', operands: [tied], differentiable: [] },
  ];
}

/** Regions that lie side by side, that overlap, and more of them than elements. */
const regions = [
  { name: 'dividing', axis: 1, parts: 2 },
  { name: 'overlapping', axis: 1, parts: 5 },
  { name: 'overlapping columns', axis: 2, parts: 3 },
  { name: 'more than columns', axis: 2, parts: 9 },
  { name: 'one', axis: 1, parts: 1 },
];

function adaptiveOf({ name, ...attributes }: (typeof regions)[number]): readonly OpCase[] {
  const shape = [2, 6, 7, 3];
  const g = around(shape.with(attributes.axis, attributes.parts), 2);
  const gradientOf = (x: CaseOperand): readonly CaseOperand[] => {
    const [y] = evaluated(adaptiveMaxPool, [x], attributes);
    return [x, { dtype: 'float', ...y! }, around(y!.shape, 4)];
  };
  return [
    { op: 'adaptiveAveragePool', name, operands: [around(shape, 1)], attributes },
    {
      op: 'adaptiveAveragePoolGradient',
      name,
      operands: [g],
      attributes: { ...attributes, shape: fixedShape(shape) },
    },
    { op: 'adaptiveMaxPool', name, operands: [apart(shape, 1)], attributes },
    {
      op: 'adaptiveMaxPoolGradient',
      name,
      operands: gradientOf(apart(shape, 1)),
      attributes,
    },
    {
      op: 'adaptiveMaxPoolGradient',
      name: `${name}, ties`,
      operands: gradientOf(tied),
      attributes,
    },
  ];
}

export const poolingCases: readonly OpCase[] = [
  ...settings.flatMap(casesOf),
  ...settings.flatMap(tiesOf),
  ...regions.flatMap(adaptiveOf),
];
