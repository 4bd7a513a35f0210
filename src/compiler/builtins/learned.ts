import { constant, type Initializer } from '../ir/initializer.js';
import { arithmetic } from '../ops/elementwise/arithmetic.js';
import { broadcastTo } from '../ops/structure/broadcast-to.js';
import { reshape } from '../ops/structure/reshape.js';
import { fixed } from '../sizes/size.js';
import { block } from '../values/builtin.js';
import { choiceOrNumber, countOr, pairOr, real } from '../values/parameters.js';
import { channelsOf } from './conv.js';

/** The standard deviation that the position tables of BERT and ViT start with (Devlin et al. 2019). */
const normal: Initializer = { kind: 'normal', scale: 0.02 };

/** Weights that belong to no convolution and no norm. */
export const learned = [
  block({
    name: 'Scale',
    summary:
      'x times a trained vector, one factor per channel; with a small `init`, the layer scale of CaiT (Touvron et al. 2021).',
    parameters: { init: real(1) },
    build(b, [x], { init }) {
      const channels = channelsOf(x!);
      const weights = b.weight('scale', [channels], constant(init));
      const [scale] = b.apply(reshape, [weights], { shape: [1, 1, 1, channels].map(fixed) });
      return arithmetic(b).mul(x!, scale);
    },
  }),
  block({
    name: 'Learned',
    summary:
      'A trained table of height and width `size`, the same for each image of x; without a size, one trained vector for all pixels of x.',
    parameters: {
      size: pairOr('a vector'),
      channels: countOr('x.channels'),
      init: choiceOrNumber(['normal'] as const, 0),
    },
    build(b, [x], { size, channels, init }) {
      const depth = channels ?? channelsOf(x!);
      const [batch, height, width] = x!.type.shape;
      const initial = init === 'normal' ? normal : constant(init);
      const value = b.weight('value', [...(size ?? []), depth], initial);
      const table = [1, ...(size ?? [1, 1]), depth].map(fixed);
      const [rows, columns] = size?.map(fixed) ?? [height, width];
      const [row] = b.apply(reshape, [value], { shape: table });
      return b.apply(broadcastTo, [row], { shape: [batch!, rows!, columns!, fixed(depth)] })[0];
    },
  }),
];
