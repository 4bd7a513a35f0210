import type { OpDefinition } from '../definition.js';
import { alike, wantAlike, wantScalar } from './operands.js';

export type AdamAttributes = {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
};

const operands = ['w', 'm', 'v', 'g', 'lr', 'step'] as const;

export const adam: OpDefinition<6, AdamAttributes, 3> = {
  name: 'adam',
  summary:
    'One step of Adam (Kingma and Ba 2015, algorithm 1) -> w, m, v; epsilon is added after the bias correction, as in PyTorch. `step` is 0 on the first.',
  operands,
  attributes: { beta1: 'number', beta2: 'number', epsilon: 'number' },
  infer([w, m, v, g, lr, step]) {
    wantAlike([w, m, v, g], operands);
    wantScalar(lr, 'float', 4);
    wantScalar(step, 'int', 5);
    return [w, m, v];
  },
  evaluate([w, m, v, g, lr, step], { beta1, beta2, epsilon }) {
    const t = step.data[0]! + 1;
    const newM = m.data.map((old, i) => beta1 * old + (1 - beta1) * g.data[i]!);
    const newV = v.data.map((old, i) => beta2 * old + (1 - beta2) * g.data[i]! ** 2);
    const newW = w.data.map((old, i) => {
      const mean = newM[i]! / (1 - beta1 ** t);
      const deviation = Math.sqrt(newV[i]! / (1 - beta2 ** t));
      return old - (lr.data[0]! * mean) / (deviation + epsilon);
    });
    return [alike(w, newW), alike(w, newM), alike(w, newV)];
  },
};
