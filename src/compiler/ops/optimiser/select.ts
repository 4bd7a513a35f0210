import { wantShape } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { wantScalar } from './operands.js';

const operands = ['condition', 'a', 'b'] as const;

export const select: OpDefinition<3> = {
  name: 'select',
  summary:
    'a where the number `condition` is not 0, else b, of which nothing is read: neither NaN nor infinity of one is in the other.',
  operands,
  attributes: {},
  infer([condition, a, b]) {
    wantScalar(condition, 'float', 0);
    wantShape(b.shape, a.shape, 'b', 2);
    if (a.dtype !== b.dtype)
      throw new ShapeError({ kind: 'dtype', dtype: b.dtype, wanted: a.dtype }, [2]);
    return [a];
  },
  evaluate: ([condition, a, b]) => [condition.data[0] === 0 ? b : a],
};
