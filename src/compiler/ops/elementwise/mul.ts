import type { OpDefinition } from '../definition.js';
import { binary } from './broadcast.js';

export const mul: OpDefinition<2> = binary({
  name: 'mul',
  summary: 'The product.',
  commutative: true,
  at: (a, b) => a * b,
  gradient: ({ mul }, g, a, b) => [mul(g, b), mul(g, a)],
});
