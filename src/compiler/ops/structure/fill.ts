import type { Size } from '../../sizes/size.js';
import type { OpDefinition } from '../definition.js';
import { emptyTensor, floatOf } from '../values.js';

export type FillAttributes = { readonly value: number; readonly shape: readonly Size[] };

export const fill: OpDefinition<0, FillAttributes> = {
  name: 'fill',
  summary: 'A tensor of one value.',
  operands: [],
  attributes: { value: 'number', shape: 'sizes' },
  infer(_, { shape }, demand) {
    for (const size of shape) demand(size);
    return [floatOf(shape)];
  },
  evaluate(_, { value }, [shape]) {
    const y = emptyTensor(shape);
    y.data.fill(value);
    return [y];
  },
  gradient: () => [],
};
