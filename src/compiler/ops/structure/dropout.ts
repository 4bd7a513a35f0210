import { wantFloat } from '../checks.js';
import type { OpDefinition } from '../definition.js';

/** `path` is that of the application; with seed and step it makes the mask. */
export type DropoutAttributes = { readonly rate: number; readonly path: string };

/**
 * As written in a model: it means inference. For training the mode pass puts a product with `dropoutMask` in its
 * place before the graph is differentiated, so that this has no gradient.
 */
export const dropout: OpDefinition<DropoutAttributes> = {
  name: 'dropout',
  summary: 'x itself; when training, x times a mask (Srivastava et al. 2014, inverted).',
  operands: ['x'],
  attributes: { rate: 'number', path: 'string' },
  infer([x]) {
    wantFloat([x]);
    return [x];
  },
  evaluate: ([x]) => [x],
};
