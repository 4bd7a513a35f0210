import { floatOf, type OpDefinition } from '../definition.js';

export type ConstantAttributes = { readonly value: number };

export const constant: OpDefinition<ConstantAttributes> = {
  name: 'constant',
  summary: 'A scalar written in the graph.',
  operands: [],
  attributes: { value: 'number' },
  infer: () => [floatOf([])],
  evaluate: (_, { value }) => [{ shape: [], data: Float64Array.of(value) }],
  gradient: () => [],
};
