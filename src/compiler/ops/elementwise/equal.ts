import { binary } from './broadcast.js';

export const equal = binary({
  name: 'equal',
  summary: '1 where the two are equal, else 0.',
  at: (a, b) => (a === b ? 1 : 0),
});
