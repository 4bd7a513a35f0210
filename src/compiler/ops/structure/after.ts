import type { OpDefinition } from '../definition.js';

export const after: OpDefinition<2> = {
  name: 'after',
  summary:
    'x itself; what is computed from it is computed once `event` is there. It orders a step and costs nothing.',
  operands: ['x', 'event'],
  attributes: {},
  infer: ([x]) => [x],
  evaluate: ([x]) => [x],
};
