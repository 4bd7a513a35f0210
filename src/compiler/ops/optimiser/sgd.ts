import type { OpDefinition } from '../definition.js';
import { wantAlike, wantScalar } from './operands.js';

const operands = ['w', 'g', 'lr'] as const;

export const sgd: OpDefinition<3> = {
  name: 'sgd',
  summary: 'One step down the gradient: w - lr g.',
  operands,
  attributes: {},
  infer([w, g, lr]) {
    wantAlike([w, g], operands);
    wantScalar(lr, 'float', 2);
    return [w];
  },
  evaluate: ([w, g, lr]) => [
    { shape: w.shape, data: w.data.map((old, i) => old - lr.data[0]! * g.data[i]!) },
  ],
};
