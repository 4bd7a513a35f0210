import { type Dropout, dropping } from './dropping.js';

/** One draw for each element. */
export const dropout: Dropout = dropping({
  name: 'dropout',
  summary: 'x itself; in training, x times a mask (Srivastava et al. 2014, inverted).',
  mask: (shape) => shape,
});
