import type { OpDefinition } from '../definition.js';
import { logistic } from './logistic.js';
import { unary } from './unary.js';

export const silu: OpDefinition<1> = unary({
  name: 'silu',
  summary: 'x sigmoid(x) (Elfwing et al. 2018).',
  attributes: {},
  at: (x) => x * logistic(x),
  gradient: ({ add, mul, sigmoid, sub }, g, x, y) => {
    const gate = sigmoid(x);
    return mul(g, add(gate, mul(y, sub(1, gate))));
  },
});
