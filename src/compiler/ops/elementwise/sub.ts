import type { OpDefinition } from '../definition.js';
import { binary } from './broadcast.js';

export const sub: OpDefinition<2> = binary({
  name: 'sub',
  summary: 'The difference.',
  at: (a, b) => a - b,
  gradient: ({ neg }, g) => [g, neg(g)],
});
