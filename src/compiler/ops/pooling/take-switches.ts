import { wantFloat } from '../checks.js';
import { emptyTensor, floatOf, type OpDefinition } from '../definition.js';
import { maxUnpool } from './max-unpool.js';
import { forEachSwitch, wantSwitches } from './switches.js';

export const takeSwitches: OpDefinition<Record<never, never>> = {
  name: 'takeSwitches',
  summary: 'The elements of x at the positions that the switches say: the transpose of maxUnpool.',
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
      y.data[i] = x.data[place];
    });
    return [y];
  },
  gradient: (b, { operands: [x, switches] }, [g]) => [
    b.apply(maxUnpool, [g!, switches], { shape: x.type.shape })[0],
    null,
  ],
};
