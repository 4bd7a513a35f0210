import { wantFloat, wantShape } from '../checks.js';
import type { OpDefinition } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';

export const sigmoidCrossEntropy: OpDefinition<2> = {
  name: 'sigmoidCrossEntropy',
  summary:
    'For each element, -t log s - (1 - t) log(1 - s), where s is the sigmoid of the logit; no exponential overflows.',
  operands: ['logits', 'target'],
  attributes: {},
  infer([logits, target]) {
    wantFloat([logits, target]);
    wantShape(target.shape, logits.shape, 'the target', 1);
    return [logits];
  },
  evaluate: ([logits, target]) => [
    {
      shape: logits.shape,
      data: logits.data.map(
        (x, i) => Math.max(x, 0) - x * target.data[i]! + Math.log1p(Math.exp(-Math.abs(x))),
      ),
    },
  ],
  gradient(b, { operands: [logits, target] }, [g]) {
    const { mul, sigmoid, sub } = arithmetic(b);
    return [mul(g, sub(sigmoid(logits), target)), null];
  },
};
