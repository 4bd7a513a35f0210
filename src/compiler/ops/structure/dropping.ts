import { wantFloat, wantImage } from '../checks.js';
import type { OpDefinition } from '../definition.js';

/** `path` is that of the application; with seed and step it makes the mask. */
export type DropoutAttributes = { readonly rate: number; readonly path: string };

export type Dropout = OpDefinition<1, DropoutAttributes>;

/**
 * As written in a model: it means inference. For training the mode pass puts a product with `dropoutMask` in its
 * place before the graph is differentiated, so that this has no gradient.
 */
export const dropping = ({
  name,
  summary,
  mask,
}: Required<Pick<Dropout, 'name' | 'summary' | 'mask'>>): Dropout => ({
  name,
  summary,
  mask,
  operands: ['x'],
  attributes: { rate: 'number', path: 'string' },
  infer([x]) {
    wantFloat([x]);
    if (mask(x.shape) !== x.shape) wantImage(x.shape, 0);
    return [x];
  },
  evaluate: ([x]) => [x],
});
