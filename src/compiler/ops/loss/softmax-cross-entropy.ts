import { fixed } from '../../sizes/size.js';
import { wantFloat, wantShape } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';
import { emptyTensor, floatOf } from '../values.js';

export const softmaxCrossEntropy: OpDefinition<2> = {
  name: 'softmaxCrossEntropy',
  summary:
    'The negative logarithm of the softmax where the target is 1: logits and one-hot target [..., C] -> [..., 1].',
  operands: ['logits', 'target'],
  attributes: {},
  infer([logits, target]) {
    wantFloat([logits, target]);
    wantShape(target.shape, logits.shape, 'the target', 1);
    if (logits.shape.length === 0)
      throw new ShapeError({ kind: 'noAxis', of: 'softmaxCrossEntropy' }, [0]);
    return [floatOf([...logits.shape.slice(0, -1), fixed(1)])];
  },
  evaluate([logits, target], _, [shape]) {
    const y = emptyTensor(shape);
    const classes = logits.shape.at(-1) ?? 1;
    for (let row = 0; row < y.data.length; row++) {
      const x = logits.data.subarray(row * classes, (row + 1) * classes);
      const greatest = x.reduce((a, b) => Math.max(a, b), -Infinity);
      const total = x.reduce((sum, logit) => sum + Math.exp(logit - greatest), 0);
      const normaliser = greatest + Math.log(total);
      y.data[row] = x.reduce(
        (sum, logit, c) => sum + target.data[row * classes + c]! * (normaliser - logit),
        0,
      );
    }
    return [y];
  },
  gradient(b, { operands: [logits, target] }, [g]) {
    const { mul, sub } = arithmetic(b);
    return [mul(g, sub(b.apply(b.ops.softmax, [logits], {})[0], target)), null];
  },
};
