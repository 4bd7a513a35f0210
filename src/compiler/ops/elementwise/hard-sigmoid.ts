import type { OpDefinition } from '../definition.js';
import { unary } from './unary.js';

export const hardSigmoid: OpDefinition<1> = unary({
  name: 'hardSigmoid',
  summary: '0.2 x + 0.5, clipped to 0 and 1, as in Keras 2.',
  attributes: {},
  at: (x) => Math.min(Math.max(0.2 * x + 0.5, 0), 1),
  gradient: ({ mul, step, sub }, g, _, y) => {
    const within = mul(step(y), step(sub(1, y)));
    return mul(g, mul(0.2, within));
  },
});
