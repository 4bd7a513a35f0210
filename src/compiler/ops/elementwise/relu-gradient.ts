import { onSameShape } from './same-shape.js';

export const reluGradient = onSameShape({
  name: 'reluGradient',
  summary: 'The cotangent of x in y = relu(x): g where y is above 0.',
  operands: ['g', 'y'],
  at: (g, y) => (y > 0 ? g : 0),
});
