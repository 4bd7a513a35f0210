import { fixed } from '../../sizes/size.js';
import { type Dropout, dropping } from './dropping.js';

/** `[N, 1, 1, 1]`: one draw for all of an image. */
export const dropPath: Dropout = dropping({
  name: 'dropPath',
  summary:
    'x itself; in training, whole images of the batch times 0, the others times 1 / (1 - rate): stochastic depth (Huang et al. 2016).',
  mask: (x) => x.map((size, axis) => (axis === 0 ? size : fixed(1))),
});
