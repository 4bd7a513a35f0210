import { binary } from './broadcast.js';

export const mul = binary({
  name: 'mul',
  summary: 'The product.',
  at: (a, b) => a * b,
  gradient: ({ mul }, g, a, b) => [mul(g, b), mul(g, a)],
});
