import type { OpDefinition } from '../definition.js';
import { onSameShape } from './same-shape.js';

export const sigmoidGradient: OpDefinition<2> = onSameShape({
  name: 'sigmoidGradient',
  summary: 'The cotangent of x in y = sigmoid(x): g y (1 - y).',
  operands: ['g', 'y'],
  at: (g, y) => g * y * (1 - y),
});
