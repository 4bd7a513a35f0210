import { fixed } from '../../sizes/size.js';
import { type Dropout, dropping } from './dropping.js';

/** `[N, 1, 1, C]`: one draw for each channel of each image. */
export const spatialDropout: Dropout = dropping({
  name: 'spatialDropout',
  summary:
    'x itself; in training, whole channels of each image times 0, the others times 1 / (1 - rate) (Tompson et al. 2015).',
  mask: (x) => x.map((size, axis) => (axis === 0 || axis === 3 ? size : fixed(1))),
});
