import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const softplus: OpDefinition<1> = unary({
  name: 'softplus',
  summary: 'log(1 + exp(x)).',
  attributes: {},
  at: (x) => Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x))),
  gradient: ({ mul, sigmoid }, g, x) => mul(g, sigmoid(x)),
});
