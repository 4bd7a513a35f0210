import { conv } from '../../../../src/compiler/ops/convolution/conv.js';
import type { ConvAttributes } from '../../../../src/compiler/ops/convolution/geometry.js';
import type { Extents } from '../../../../src/compiler/sizes/size.js';
import { evaluated, fixedShape } from '../evaluated.js';
import { around, type OpCase } from './case.js';

interface Setting extends Partial<ConvAttributes> {
  readonly name: string;
  readonly x: Extents;
  readonly kernel: Extents;
}

const settings: readonly Setting[] = [
  { name: 'an odd image', x: [2, 5, 7, 3], kernel: [3, 3, 3, 4] },
  { name: 'one pixel', x: [2, 3, 5, 3], kernel: [1, 1, 3, 2] },
  { name: 'an even kernel', x: [1, 5, 4, 2], kernel: [2, 4, 2, 3] },
  { name: 'without padding', x: [1, 5, 6, 2], kernel: [3, 3, 2, 3], padding: 'valid' },
  { name: 'stride 2, even', x: [2, 6, 8, 2], kernel: [3, 3, 2, 3], strides: [2, 2] },
  { name: 'stride 2, odd', x: [1, 5, 7, 2], kernel: [3, 3, 2, 3], strides: [2, 2] },
  { name: 'stride above kernel', x: [1, 7, 8, 2], kernel: [2, 1, 2, 3], strides: [3, 2] },
  {
    name: 'stride 2 without padding, a rest left over',
    x: [1, 6, 8, 2],
    kernel: [3, 3, 2, 2],
    strides: [2, 2],
    padding: 'valid',
  },
  {
    name: 'stride 2, torch padding',
    x: [1, 6, 7, 2],
    kernel: [3, 5, 2, 2],
    strides: [2, 2],
    padding: 'torch',
  },
  { name: 'one pixel, stride 2', x: [1, 4, 2, 2], kernel: [1, 1, 2, 1], strides: [1, 2] },
  {
    name: 'one channel to one column',
    x: [2, 4, 3, 1],
    kernel: [3, 3, 1, 2],
    strides: [1, 2],
    padding: 'valid',
  },
  {
    name: 'dilated, stride above kernel',
    x: [1, 4, 2, 2],
    kernel: [3, 3, 2, 2],
    strides: [3, 3],
    dilations: [2, 1],
  },
  { name: 'dilated', x: [1, 7, 8, 2], kernel: [3, 3, 2, 3], dilations: [2, 3] },
  {
    name: 'dilated without padding',
    x: [1, 7, 8, 2],
    kernel: [3, 2, 2, 3],
    dilations: [2, 3],
    padding: 'valid',
  },
  {
    name: 'dilated, stride 2',
    x: [1, 8, 9, 2],
    kernel: [3, 2, 2, 3],
    strides: [2, 3],
    dilations: [2, 3],
  },
  {
    name: 'dilated, stride 2, torch padding',
    x: [1, 8, 9, 2],
    kernel: [3, 5, 2, 3],
    strides: [2, 1],
    dilations: [2, 1],
    padding: 'torch',
  },
  {
    name: 'dilated, a pixel',
    x: [1, 1, 1, 2],
    kernel: [3, 3, 2, 3],
    dilations: [2, 2],
    padding: 'torch',
  },
  { name: 'groups, dilated', x: [2, 5, 4, 4], kernel: [3, 3, 2, 6], groups: 2, dilations: [2, 1] },
  {
    name: 'depthwise, dilated',
    x: [1, 5, 6, 3],
    kernel: [3, 3, 1, 6],
    groups: 3,
    dilations: [2, 2],
  },
  { name: 'groups', x: [2, 5, 4, 4], kernel: [3, 3, 2, 6], groups: 2 },
  { name: 'depthwise', x: [1, 5, 6, 3], kernel: [3, 3, 1, 6], groups: 3 },
  {
    name: 'groups, stride 2, torch padding',
    x: [1, 5, 6, 4],
    kernel: [3, 3, 2, 6],
    groups: 2,
    strides: [1, 2],
    padding: 'torch',
  },
  {
    name: 'depthwise, stride 2',
    x: [1, 5, 6, 3],
    kernel: [3, 3, 1, 3],
    groups: 3,
    strides: [2, 2],
  },
];

function threeOf({ name, x: shape, kernel: taps, ...given }: Setting): readonly OpCase[] {
  const plain = { strides: [1, 1], dilations: [1, 1], groups: 1, padding: 'same' } as const;
  const attributes = { ...plain, ...given };
  const [x, kernel] = [around(shape, 1), around(taps, 2)];
  const g = around(evaluated(conv, [x, kernel], attributes)[0]!.shape, 3);
  return [
    { op: 'conv', name, operands: [x, kernel], attributes },
    {
      op: 'convTranspose',
      name,
      operands: [g, kernel],
      attributes: { ...attributes, shape: fixedShape(shape) },
    },
    {
      op: 'convKernelGradient',
      name,
      operands: [x, g],
      attributes: { ...attributes, shape: taps },
    },
  ];
}

export const convolutionCases: readonly OpCase[] = settings.flatMap(threeOf);
