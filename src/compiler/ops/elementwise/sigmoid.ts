import type { OpDefinition } from '../definition.js';
import { logistic } from './logistic.js';
import { unary } from './unary.js';

export const sigmoid: OpDefinition<1> = unary({
  name: 'sigmoid',
  summary: 'The logistic function 1 / (1 + exp(-x)).',
  attributes: {},
  at: logistic,
  gradient: (by, g, _, y) => by.sigmoidGradient(g, y),
});
