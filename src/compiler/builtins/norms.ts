import type { Value as GraphValue } from '../ir/graph.js';
import { constant } from '../ir/initializer.js';
import { ShapeError } from '../ops/definition.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { biasAdd } from '../ops/elementwise/bias-add.js';
import { rsqrt } from '../ops/elementwise/rsqrt.js';
import { reduceMean } from '../ops/reduction/reduce-mean.js';
import { broadcastTo } from '../ops/structure/broadcast-to.js';
import { reshape } from '../ops/structure/reshape.js';
import { gcd } from '../sizes/rational.js';
import { fixed } from '../sizes/size.js';
import { type Builder, block } from '../values/builtin.js';
import { type ConfigurationOf, count, flag, real } from '../values/parameters.js';
import { channelsOf } from './conv.js';

/** 1e-5 is PyTorch's epsilon; Keras has 1e-3. */
const parameters = {
  epsilon: real(1e-5, 'a number above 0', (n) => n > 0),
  scale: flag(true),
  shift: flag(true),
};

/** The mean of x over the elements that are normalised together, in a shape that spreads over x. */
type Mean = (x: GraphValue) => GraphValue;

const meanOver =
  (b: Builder, axes: readonly number[]): Mean =>
  (x) =>
    b.apply(reduceMean, [x], { axes, keepDims: true })[0];

/** Over height, width and the channels of each group: groups are equally large, so it is a mean of means. */
const meanOfGroups =
  (b: Builder, groups: number): Mean =>
  (x) => {
    const channels = channelsOf(x);
    const [batch] = x.type.shape;
    const [one, each] = [fixed(1), fixed(channels / groups)];
    const grouped = [batch!, one, fixed(groups), each];
    const perChannel = meanOver(b, [1, 2])(x);
    const [inGroups] = b.apply(reshape, [perChannel], { shape: grouped });
    const [again] = b.apply(broadcastTo, [meanOver(b, [3])(inGroups)], { shape: grouped });
    return b.apply(reshape, [again], { shape: [batch!, one, one, fixed(channels)] })[0];
  };

/** (x - mean) / sqrt(variance + epsilon) * scale + shift; the variance is the biased one. */
function normalised(
  b: Builder,
  x: GraphValue,
  mean: Mean,
  { epsilon, scale, shift }: ConfigurationOf<typeof parameters>,
): GraphValue {
  const { add, mul, square, sub } = arithmetic(b);
  const channels = channelsOf(x);
  const centred = sub(x, mean(x));
  const [inverse] = b.apply(rsqrt, [add(mean(square(centred)), epsilon)], {});
  let y = mul(centred, inverse);
  if (scale) {
    const row = [1, 1, 1, channels].map(fixed);
    const weights = b.weight('scale', [channels], constant(1));
    y = mul(y, b.apply(reshape, [weights], { shape: row })[0]);
  }
  if (!shift) return y;
  return b.apply(biasAdd, [y, b.weight('shift', [channels], constant(0))], {})[0];
}

export const norms = [
  block({
    name: 'GroupNorm',
    summary:
      'Group normalisation (Wu and He 2018): over height, width and the channels of each group, per image; a single channel is one group.',
    parameters: { groups: count(8), ...parameters },
    build(b, [x], { groups, ...configuration }) {
      const channels = channelsOf(x!);
      // One channel is one group: the norm of an attention gate's coefficients.
      const parts = channels === 1 ? 1 : groups;
      if (channels % parts !== 0) {
        const fits = gcd(groups, channels);
        throw new ShapeError({ kind: 'groups', groups, channels: [channels], fits }, [0]);
      }
      return normalised(b, x!, meanOfGroups(b, parts), configuration);
    },
  }),
  block({
    name: 'InstanceNorm',
    summary:
      'Instance normalisation (Ulyanov et al. 2016): over height and width, per image and channel.',
    parameters,
    build: (b, [x], configuration) => normalised(b, x!, meanOver(b, [1, 2]), configuration),
  }),
  block({
    name: 'LayerNorm',
    summary:
      'Layer normalisation (Ba et al. 2016) over the channels of each pixel; for the whole image, use GroupNorm(groups: 1).',
    parameters,
    build: (b, [x], configuration) => normalised(b, x!, meanOver(b, [3]), configuration),
  }),
];
