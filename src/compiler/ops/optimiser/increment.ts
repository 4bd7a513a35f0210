import type { OpDefinition } from '../definition.js';
import { wantScalar } from './operands.js';

export const increment: OpDefinition<1> = {
  name: 'increment',
  summary: 'The number of the next step.',
  operands: ['step'],
  attributes: {},
  infer([step]) {
    wantScalar(step, 'int', 0);
    return [step];
  },
  evaluate: ([step]) => [{ shape: [], data: Float64Array.of(step.data[0]! + 1) }],
};
