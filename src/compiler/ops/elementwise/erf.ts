import type { OpDefinition } from '../definition.js';
import { errorFunction } from './error-function.js';
import { unary } from './unary.js';

export const erf: OpDefinition<1> = unary({
  name: 'erf',
  summary: 'The error function.',
  attributes: {},
  at: errorFunction,
  gradient: ({ exp, mul, neg, square }, g, x) =>
    mul(g, mul(2 / Math.sqrt(Math.PI), exp(neg(square(x))))),
});
