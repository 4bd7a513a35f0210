import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const relu: OpDefinition<1> = unary({
  name: 'relu',
  summary: 'The greater of x and 0 (Nair and Hinton 2010); its derivative at 0 is 0.',
  attributes: {},
  at: (x) => Math.max(x, 0),
  gradient: (by, g, _, y) => by.reluGradient(g, y),
});
