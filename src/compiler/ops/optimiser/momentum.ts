import type { OpDefinition } from '../definition.js';
import { alike, wantAlike, wantScalar } from './operands.js';

export type MomentumAttributes = { readonly momentum: number };

const operands = ['w', 'velocity', 'g', 'lr'] as const;

export const momentum: OpDefinition<4, MomentumAttributes, 2> = {
  name: 'momentum',
  summary:
    'One step with momentum (Sutskever et al. 2013, as in PyTorch) -> w - lr velocity, velocity = momentum velocity + g.',
  operands,
  attributes: { momentum: 'number' },
  infer([w, velocity, g, lr]) {
    wantAlike([w, velocity, g], operands);
    wantScalar(lr, 'float', 3);
    return [w, velocity];
  },
  evaluate([w, velocity, g, lr], { momentum }) {
    const speed = velocity.data.map((old, i) => momentum * old + g.data[i]!);
    const moved = w.data.map((old, i) => old - lr.data[0]! * speed[i]!);
    return [alike(w, moved), alike(w, speed)];
  },
};
