import { fixed, printShape, printSize, sameSize } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { floatOf } from '../values.js';

export const biasAdd: OpDefinition<2> = {
  name: 'biasAdd',
  summary: 'Adds one number per channel, the last axis: x [..., C] and bias [C] -> [..., C].',
  operands: ['x', 'bias'],
  attributes: {},
  infer([x, bias]) {
    wantFloat([x, bias]);
    const channels = x.shape.at(-1) ?? fixed(1);
    if (bias.shape.length !== 1 || !sameSize(bias.shape[0]!, channels)) {
      const shape = printShape(bias.shape);
      throw new ShapeError({ kind: 'bias', channels: printSize(channels), shape }, [0, 1]);
    }
    return [floatOf(x.shape)];
  },
  evaluate: ([x, bias]) => [
    {
      shape: x.shape,
      data: x.data.map((element, i) => element + bias.data[i % bias.data.length]!),
    },
  ],
  gradient(b, { operands: [x] }, [g]) {
    const axes = [...x.type.shape.keys()].slice(0, -1);
    return [g, b.apply(b.ops.reduceSum, [g], { axes, keepDims: false })[0]];
  },
};
