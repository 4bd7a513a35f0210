import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const rsqrt: OpDefinition<1> = unary({
  name: 'rsqrt',
  summary: 'One over the square root.',
  attributes: {},
  at: (x) => 1 / Math.sqrt(x),
  gradient: ({ mul, square }, g, _, y) => mul(g, mul(-0.5, mul(square(y), y))),
});
