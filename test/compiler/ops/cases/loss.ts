import { around, between, bits, listed, type OpCase, oneHot } from './case.js';

export const lossCases: readonly OpCase[] = [
  {
    op: 'sigmoidCrossEntropy',
    name: 'a mask',
    operands: [around([2, 3, 5, 1], 1), bits([2, 3, 5, 1], 2)],
    attributes: {},
    heldFixed: [1],
  },
  {
    op: 'sigmoidCrossEntropy',
    name: 'probabilities as target',
    operands: [around([2, 3, 5, 2], 3), between([2, 3, 5, 2], 0, 1, 4)],
    attributes: {},
    heldFixed: [1],
  },
  {
    op: 'sigmoidCrossEntropy',
    name: 'logits far from 0',
    operands: [listed([4], [-80, -30, 30, 80]), listed([4], [0, 1, 0, 1])],
    attributes: {},
    heldFixed: [1],
  },
  {
    op: 'softmaxCrossEntropy',
    name: 'four classes',
    operands: [around([2, 3, 5, 4], 5), oneHot([2, 3, 5, 4], 6)],
    attributes: {},
    heldFixed: [1],
  },
  {
    op: 'softmaxCrossEntropy',
    name: 'logits far apart',
    operands: [listed([2, 2], [60, -60, -60, 60]), listed([2, 2], [1, 0, 1, 0])],
    attributes: {},
    heldFixed: [1],
  },
];
