import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const sqrt: OpDefinition<1> = unary({
  name: 'sqrt',
  summary: 'The square root.',
  attributes: {},
  at: Math.sqrt,
  gradient: ({ div, mul }, g, _, y) => div(g, mul(2, y)),
});
