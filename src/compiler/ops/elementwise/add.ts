import { binary } from './broadcast.js';

export const add = binary({
  name: 'add',
  summary: 'The sum.',
  at: (a, b) => a + b,
  gradient: (_, g) => [g, g],
});
