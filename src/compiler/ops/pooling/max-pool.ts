import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import { forEachPooled, type PoolAttributes, poolAttributes, poolShape } from './geometry.js';

export const maxPool: OpDefinition<1, PoolAttributes> = {
  name: 'maxPool',
  summary: 'The largest element of x under each window; padding is ignored.',
  operands: ['x'],
  attributes: poolAttributes,
  infer([x], attributes, demand) {
    wantFloat([x]);
    return [floatOf(poolShape(x.shape, attributes, demand))];
  },
  cheap: true,
  evaluate([x], attributes, [shape]) {
    const y = emptyTensor(shape);
    y.data.fill(Number.NEGATIVE_INFINITY);
    forEachPooled(x.shape, shape, attributes, (xi, yi) => {
      y.data[yi] = Math.max(y.data[yi]!, x.data[xi]!);
    });
    return [y];
  },
  gradient: (b, { operands: [x], results: [y] }, [g], attributes) =>
    b.apply(b.ops.maxPoolGradient, [x, y, g], attributes),
};
