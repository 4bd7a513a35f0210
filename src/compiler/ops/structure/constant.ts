import type { OpDefinition } from '../definition.js';
import { floatOf } from '../values.js';

export type ConstantAttributes = { readonly value: number };

export const constant: OpDefinition<0, ConstantAttributes> = {
  name: 'constant',
  summary: 'A scalar written in the graph.',
  operands: [],
  attributes: { value: 'number' },
  infer: () => [floatOf([])],
  evaluate: (_, { value }) => [{ shape: [], data: Float64Array.of(value) }],
  gradient: () => [],
};
