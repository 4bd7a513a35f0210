import type { OpDefinition } from '../definition.js';
import { binary } from './broadcast.js';

export const equal: OpDefinition<2> = binary({
  name: 'equal',
  summary: '1 where the two are equal, else 0.',
  at: (a, b) => (a === b ? 1 : 0),
});
