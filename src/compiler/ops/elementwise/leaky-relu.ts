import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export type LeakyReluAttributes = { readonly slope: number };

export const leakyRelu: OpDefinition<1, LeakyReluAttributes> = unary<LeakyReluAttributes>({
  name: 'leakyRelu',
  summary: 'x above 0, slope times x below (Maas et al. 2013).',
  attributes: { slope: 'number' },
  at: (x, { slope }) => (x > 0 ? x : slope * x),
  gradient: ({ add, mul, step }, g, x, _, { slope }) => mul(g, add(slope, mul(1 - slope, step(x)))),
});
