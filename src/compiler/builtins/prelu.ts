import { constant } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { relu } from '../ops/elementwise/relu.js';
import { reshape } from '../ops/structure/reshape.js';
import { fixed } from '../sizes/size.js';
import { block } from './builtin.js';
import { channelsOf } from './conv.js';

export const PRelu = block({
  name: 'PRelu',
  summary:
    'Where x is negative a trained slope times x, one slope a channel, 0.25 at first (He et al. 2015).',
  parameters: {},
  build(b, [x]) {
    const channels = channelsOf(x);
    const { mul, neg, sub } = arithmetic(b);
    const weights = b.weight('slope', [channels], constant(0.25));
    const [slope] = b.apply(reshape, [weights], { shape: [1, 1, 1, channels].map(fixed) });
    const [above] = b.apply(relu, [x], {});
    const [below] = b.apply(relu, [neg(x)], {});
    return sub(above, mul(slope, below));
  },
});
