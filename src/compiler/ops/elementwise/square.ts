import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const square: OpDefinition<1> = unary({
  name: 'square',
  summary: 'x times x.',
  attributes: {},
  at: (x) => x * x,
  gradient: ({ mul }, g, x) => mul(g, mul(2, x)),
});
