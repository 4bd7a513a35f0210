import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const neg: OpDefinition<1> = unary({
  name: 'neg',
  summary: 'x with the other sign.',
  attributes: {},
  at: (x) => -x,
  gradient: ({ neg }, g) => neg(g),
});
