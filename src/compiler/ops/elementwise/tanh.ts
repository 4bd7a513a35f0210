import { unary } from './unary.js';

export const tanh = unary({
  name: 'tanh',
  summary: 'The hyperbolic tangent.',
  attributes: {},
  at: Math.tanh,
  gradient: ({ mul, square, sub }, g, _, y) => mul(g, sub(1, square(y))),
});
