import { around, between, int, listed, type OpCase } from './case.js';

const kernel = [3, 3, 2, 5];
const rate = listed([], [0.01]);

const adam = (name: string, step: number): OpCase => ({
  op: 'adam',
  name,
  operands: [
    around(kernel, 1),
    around(kernel, 2),
    between(kernel, 0.01, 1, 3),
    around(kernel, 4),
    rate,
    int(step),
  ],
  attributes: { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
});

export const optimiserCases: readonly OpCase[] = [
  adam('the first step', 0),
  adam('the hundredth step', 99),
  {
    op: 'sgd',
    name: 'a kernel',
    operands: [around(kernel, 5), around(kernel, 6), rate],
    attributes: {},
  },
  {
    op: 'momentum',
    name: 'a kernel',
    operands: [around(kernel, 7), around(kernel, 8), around(kernel, 9), rate],
    attributes: { momentum: 0.9 },
  },
  { op: 'increment', name: 'the first step', operands: [int(0)], attributes: {} },
  {
    op: 'lerp',
    name: 'a tenth of the way',
    operands: [around([5], 10), around([5], 11), listed([], [0.1])],
    attributes: {},
  },
  {
    op: 'select',
    name: 'the first',
    operands: [listed([], [1]), around([5], 12), listed([5], [Number.NaN, 0, 0, 0, 0])],
    attributes: {},
  },
  {
    op: 'select',
    name: 'the second',
    operands: [listed([], [0]), listed([2], [Number.POSITIVE_INFINITY, 0]), around([2], 13)],
    attributes: {},
  },
  {
    op: 'select',
    name: 'a counter',
    operands: [listed([], [0]), int(4), int(3)],
    attributes: {},
  },
];
