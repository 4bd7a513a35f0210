import { unary } from './unary.js';

export const sqrt = unary({
  name: 'sqrt',
  summary: 'The square root.',
  attributes: {},
  at: Math.sqrt,
  gradient: ({ div, mul }, g, _, y) => div(g, mul(2, y)),
});
