import { constant } from '../ir/initializer.js';
import { batchNorm } from '../ops/normalisation/batch-norm.js';
import { fill } from '../ops/structure/fill.js';
import { fixed } from '../sizes/size.js';
import { block } from '../values/builtin.js';
import { flag, real } from '../values/parameters.js';
import { channelsOf } from './conv.js';

export const BatchNorm = block({
  name: 'BatchNorm',
  summary:
    'Batch normalisation (Ioffe and Szegedy 2015), with scale, shift and running statistics.',
  parameters: {
    momentum: real(0.1, 'a number from 0 to 1', (n) => n >= 0 && n <= 1),
    epsilon: real(1e-5, 'a number above 0', (n) => n > 0),
    scale: flag(true),
    shift: flag(true),
  },
  build(b, [x], { momentum, epsilon, scale, shift }) {
    const channels = channelsOf(x!);
    const trained = (name: string, has: boolean, initial: number) =>
      has
        ? b.weight(name, [channels], constant(initial))
        : b.apply(fill, [], { value: initial, shape: [fixed(channels)] })[0];
    const vectors = [
      trained('scale', scale, 1),
      trained('shift', shift, 0),
      b.moment('mean', [channels], constant(0)),
      b.moment('variance', [channels], constant(1)),
    ] as const;
    return b.apply(batchNorm, [x!, ...vectors], { epsilon, momentum })[0];
  },
});
