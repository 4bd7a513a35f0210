import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import {
  countsOf,
  forEachPooled,
  type PoolAttributes,
  poolAttributes,
  poolShape,
} from './geometry.js';

export const averagePool: OpDefinition<1, PoolAttributes> = {
  name: 'averagePool',
  summary: 'The mean of x under each window, over the elements that are not padding.',
  operands: ['x'],
  attributes: poolAttributes,
  infer([x], attributes, demand) {
    wantFloat([x]);
    return [floatOf(poolShape(x.shape, attributes, demand))];
  },
  evaluate([x], attributes, [shape]) {
    const y = emptyTensor(shape);
    const counts = countsOf(x.shape, shape, attributes);
    forEachPooled(x.shape, shape, attributes, (xi, yi) => {
      y.data[yi]! += x.data[xi]! / counts[yi]!;
    });
    return [y];
  },
  gradient: (b, { operands: [x] }, [g], attributes) =>
    b.apply(b.ops.averagePoolGradient, [g], { ...attributes, shape: x.type.shape }),
};
