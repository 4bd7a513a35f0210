import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const exp: OpDefinition<1> = unary({
  name: 'exp',
  summary: 'The exponential.',
  attributes: {},
  at: Math.exp,
  gradient: ({ mul }, g, _, y) => mul(g, y),
});
