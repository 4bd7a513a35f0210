import { unary } from './unary.js';

export const log = unary({
  name: 'log',
  summary: 'The natural logarithm.',
  attributes: {},
  at: Math.log,
  gradient: ({ div }, g, x) => div(g, x),
});
