import type { OpDefinition } from '../definition.js';
import { errorFunction } from './error-function.js';
import { unary } from './unary.js';

export const gelu: OpDefinition<1> = unary({
  name: 'gelu',
  summary:
    'x times the normal distribution function of x (Hendrycks and Gimpel 2016), not its tanh form.',
  attributes: {},
  at: (x) => 0.5 * x * (1 + errorFunction(x / Math.SQRT2)),
  gradient: ({ add, erf, exp, mul, square }, g, x) => {
    const distribution = mul(0.5, add(1, erf(mul(Math.SQRT1_2, x))));
    const density = mul(1 / Math.sqrt(2 * Math.PI), exp(mul(-0.5, square(x))));
    return mul(g, add(distribution, mul(x, density)));
  },
});
