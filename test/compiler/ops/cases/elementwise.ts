import type { OpName } from '../../../../src/compiler/ops/registry.js';
import { apart, around, between, type CaseOperand, listed, type OpCase } from './case.js';

const unary = (op: OpName, x: CaseOperand, name = 'an odd size'): OpCase => ({
  op,
  name,
  operands: [x],
  attributes: {},
});

const binary = (op: OpName, name: string, a: CaseOperand, b: CaseOperand): OpCase => ({
  op,
  name,
  operands: [a, b],
  attributes: {},
});

const image = [2, 3, 5, 3];
const signed = apart(image, 1);
const positive = between(image, 0.2, 3, 2);

/** A tensor with itself, one number, a gate, channels, a row; on either side. */
const spread = (op: OpName): readonly OpCase[] => [
  binary(op, 'equal shapes', around(image, 3), between(image, 0.5, 2, 4)),
  binary(op, 'a number on the left', listed([], [1.5]), between(image, 0.5, 2, 5)),
  binary(op, 'a number on the right', around(image, 6), listed([], [0.7])),
  binary(op, 'a gate of one channel', around(image, 7), between([2, 3, 5, 1], 0.5, 2, 8)),
  binary(op, 'both spread', around([2, 1, 5, 3], 9), between([1, 3, 1, 3], 0.5, 2, 10)),
];

export const elementwiseCases: readonly OpCase[] = [
  unary('relu', signed),
  { op: 'leakyRelu', name: 'a slope', operands: [signed], attributes: { slope: 0.125 } },
  unary('elu', signed),
  // Where exp(x) - 1 has few digits left.
  unary('elu', between(image, -1e-3, -1e-5, 17), 'near 0'),
  unary('gelu', signed),
  unary('erf', signed),
  unary('silu', signed),
  unary('sigmoid', signed),
  unary('sigmoid', listed([4], [-80, -30, 30, 80]), 'saturated'),
  unary('hardSigmoid', apart([2, 3, 5, 4], 11), 'within and beyond the clipped part'),
  unary('softplus', signed),
  unary('softplus', listed([4], [-80, -30, 30, 80]), 'far from 0'),
  unary('tanh', signed),
  unary('exp', signed),
  unary('log', positive),
  unary('sqrt', positive),
  unary('rsqrt', positive),
  unary('square', signed),
  unary('abs', signed),
  unary('neg', signed),
  unary('step', signed),
  ...(['add', 'sub', 'mul', 'div'] as const).flatMap(spread),
  binary('equal', 'some equal', listed([5], [1, 2, 3, 4, 5]), listed([5], [1, 0, 3, 0, 5])),
  binary('biasAdd', 'an image', around(image, 12), around([3], 13)),
  binary('biasAdd', 'a matrix', around([4, 3], 14), around([3], 15)),
  binary('reluGradient', 'some shut', around(image, 16), signed),
  binary('sigmoidGradient', 'an image', around(image, 17), between(image, 0.1, 0.9, 18)),
  unary('softmax', around([2, 3, 5, 4], 19), 'four classes'),
  unary('softmax', listed([2, 2], [90, -90, 0, 0.5]), 'far apart'),
];
