import { binary } from './broadcast.js';

export const sub = binary({
  name: 'sub',
  summary: 'The difference.',
  at: (a, b) => a - b,
  gradient: ({ neg }, g) => [g, neg(g)],
});
