import { unary } from './unary.js';

export const neg = unary({
  name: 'neg',
  summary: 'x with the other sign.',
  attributes: {},
  at: (x) => -x,
  gradient: ({ neg }, g) => neg(g),
});
