import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const elu: OpDefinition<1> = unary({
  name: 'elu',
  summary: 'x above 0, exp(x) - 1 below (Clevert et al. 2016).',
  attributes: {},
  at: (x) => (x > 0 ? x : Math.expm1(x)),
  gradient: ({ add, mul, step, sub }, g, x, y) => {
    // Below 0 the derivative is exp(x) = 1 + y, above it is 1.
    const below = sub(1, step(x));
    return mul(g, add(1, mul(below, y)));
  },
});
