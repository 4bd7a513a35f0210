import { unary } from './unary.js';

export const exp = unary({
  name: 'exp',
  summary: 'The exponential.',
  attributes: {},
  at: Math.exp,
  gradient: ({ mul }, g, _, y) => mul(g, y),
});
