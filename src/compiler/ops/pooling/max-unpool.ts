import type { Size } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';
import { forEachSwitch, wantSwitches } from './switches.js';
import { takeSwitches } from './take-switches.js';

/** `shape` is that of the input of `maxPoolWithSwitches`. */
export type MaxUnpoolAttributes = { readonly shape: readonly Size[] };

export const maxUnpool: OpDefinition<2, MaxUnpoolAttributes> = {
  name: 'maxUnpool',
  summary:
    'y at the positions given by the switches, 0 elsewhere (Badrinarayanan et al. 2017); values that meet at one position are added.',
  operands: ['y', 'switches'],
  attributes: { shape: 'sizes' },
  infer([y, switches], { shape }, demand) {
    wantFloat([y]);
    wantSwitches(y.shape, switches, shape);
    for (const size of shape) demand(size);
    return [floatOf(shape)];
  },
  evaluate([y, switches], _, [shape]) {
    const x = emptyTensor(shape);
    forEachSwitch(switches, shape, (place, i) => {
      x.data[place]! += y.data[i]!;
    });
    return [x];
  },
  gradient: (b, { operands: [, switches] }, [g]) => [
    b.apply(takeSwitches, [g, switches], {})[0],
    null,
  ],
};
