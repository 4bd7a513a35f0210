import type { OpDefinition } from '../definition.js';
import { binary } from './broadcast.js';

export const div: OpDefinition<2> = binary({
  name: 'div',
  summary: 'The quotient.',
  at: (a, b) => a / b,
  gradient({ div, mul, neg, square }, g, a, b) {
    return [div(g, b), neg(mul(g, div(a, square(b))))];
  },
});
