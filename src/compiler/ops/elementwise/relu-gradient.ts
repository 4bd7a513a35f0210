import type { OpDefinition } from '../definition.js';
import { onSameShape } from './same-shape.js';

export const reluGradient: OpDefinition<2> = onSameShape({
  name: 'reluGradient',
  summary: 'The cotangent of x in y = relu(x): g where y is above 0.',
  operands: ['g', 'y'],
  at: (g, y) => (y > 0 ? g : 0),
});
