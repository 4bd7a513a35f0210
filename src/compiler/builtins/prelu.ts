import { constant } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { relu } from '../ops/elementwise/relu.js';
import { reshape } from '../ops/structure/reshape.js';
import { fixed } from '../sizes/size.js';
import { block } from '../values/builtin.js';
import { channelsOf } from './conv.js';

export const PRelu = block({
  name: 'PRelu',
  summary:
    'x where it is positive, a trained slope times x where it is negative; one slope per channel, initially 0.25 (He et al. 2015).',
  parameters: {},
  build(b, [x]) {
    const channels = channelsOf(x!);
    const { mul, neg, sub } = arithmetic(b);
    const weights = b.weight('slope', [channels], constant(0.25));
    const [slope] = b.apply(reshape, [weights], { shape: [1, 1, 1, channels].map(fixed) });
    const [above] = b.apply(relu, [x!], {});
    const [below] = b.apply(relu, [neg(x!)], {});
    return sub(above, mul(slope, below));
  },
});
