import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import { forEachSwitch, wantSwitches } from './switches.js';

export const takeSwitches: OpDefinition<2> = {
  name: 'takeSwitches',
  summary: 'The elements of x at the positions given by the switches: the transpose of maxUnpool.',
  operands: ['x', 'switches'],
  attributes: {},
  infer([x, switches]) {
    wantFloat([x]);
    wantSwitches(switches.shape, switches, x.shape);
    return [floatOf(switches.shape)];
  },
  evaluate([x, switches], _, [shape]) {
    const y = emptyTensor(shape);
    forEachSwitch(switches, x.shape, (place, i) => {
      y.data[i] = x.data[place]!;
    });
    return [y];
  },
  gradient: (b, { operands: [x, switches] }, [g]) => [
    b.apply(b.ops.maxUnpool, [g, switches], { shape: x.type.shape })[0],
    null,
  ],
};
