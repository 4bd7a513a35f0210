import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const step: OpDefinition<1> = unary({
  name: 'step',
  summary: '1 where x is above 0, else 0; constant almost everywhere, so no gradient passes.',
  attributes: {},
  at: (x) => (x > 0 ? 1 : 0),
  gradient: () => null,
});
