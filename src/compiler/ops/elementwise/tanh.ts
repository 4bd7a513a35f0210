import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const tanh: OpDefinition<1> = unary({
  name: 'tanh',
  summary: 'The hyperbolic tangent.',
  attributes: {},
  at: Math.tanh,
  gradient: ({ mul, square, sub }, g, _, y) => mul(g, sub(1, square(y))),
});
