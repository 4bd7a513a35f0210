import type { OpDefinition } from '../definition.js';
import { wantAlike, wantScalar } from './operands.js';

const operands = ['a', 'b', 't'] as const;

export const lerp: OpDefinition<3> = {
  name: 'lerp',
  summary:
    'a + t (b - a), as running statistics are updated: a share t of the new, 1 - t of the old.',
  operands,
  attributes: {},
  infer([a, b, t]) {
    wantAlike([a, b], operands);
    wantScalar(t, 'float', 2);
    return [a];
  },
  evaluate: ([a, b, t]) => [
    { shape: a.shape, data: a.data.map((from, i) => from + t.data[0]! * (b.data[i]! - from)) },
  ],
};
