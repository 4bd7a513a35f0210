import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf, sizeOf, typeOf } from '../values.js';
import { forEachPooled, type PoolAttributes, poolAttributes, poolShape } from './geometry.js';

export const maxPoolWithSwitches: OpDefinition<1, PoolAttributes, 2> = {
  name: 'maxPoolWithSwitches',
  summary:
    'maxPool, with the position of each maximum in its image (Zeiler et al. 2011); of equal ones, the first in row-major order.',
  operands: ['x'],
  attributes: poolAttributes,
  infer([x], attributes, demand) {
    wantFloat([x]);
    const shape = poolShape(x.shape, attributes, demand);
    return [floatOf(shape), typeOf('int', shape)];
  },
  evaluate([x], attributes, [shape]) {
    const y = emptyTensor(shape);
    const switches = emptyTensor(shape);
    const plane = sizeOf(x.shape.slice(1));
    y.data.fill(Number.NEGATIVE_INFINITY);
    forEachPooled(x.shape, shape, attributes, (xi, yi) => {
      if (x.data[xi]! <= y.data[yi]!) return;
      y.data[yi] = x.data[xi]!;
      switches.data[yi] = xi % plane;
    });
    return [y, switches];
  },
  gradient(b, { operands: [x], results: [, switches] }, [g]) {
    // Switches are ints: nothing is differentiated by them.
    return g ? b.apply(b.ops.maxUnpool, [g, switches], { shape: x.type.shape }) : [null];
  },
};
