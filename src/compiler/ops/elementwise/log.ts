import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const log: OpDefinition<1> = unary({
  name: 'log',
  summary: 'The natural logarithm.',
  attributes: {},
  at: Math.log,
  gradient: ({ div }, g, x) => div(g, x),
});
