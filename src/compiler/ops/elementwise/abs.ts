import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const abs: OpDefinition<1> = unary({
  name: 'abs',
  summary: 'x without its sign; its derivative at 0 is 0.',
  attributes: {},
  at: Math.abs,
  gradient: ({ mul, neg, step, sub }, g, x) => mul(g, sub(step(x), step(neg(x)))),
});
