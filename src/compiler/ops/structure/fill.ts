import type { Size } from '../../sizes/size.js';
import { emptyTensor, floatOf, type OpDefinition } from '../definition.js';

export type FillAttributes = { readonly value: number; readonly shape: readonly Size[] };

export const fill: OpDefinition<FillAttributes> = {
  name: 'fill',
  summary: 'A tensor of one value.',
  operands: [],
  attributes: { value: 'number', shape: 'sizes' },
  infer: (_, { shape }) => [floatOf(shape)],
  evaluate(_, { value }, [shape]) {
    const y = emptyTensor(shape);
    y.data.fill(value);
    return [y];
  },
  gradient: () => [],
};
