import type { OpDefinition } from '../definition.js';
import { binary } from './broadcast.js';

export const add: OpDefinition<2> = binary({
  name: 'add',
  summary: 'The sum.',
  commutative: true,
  at: (a, b) => a + b,
  gradient: (_, g) => [g, g],
});
