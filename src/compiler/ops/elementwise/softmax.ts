import { wantFloat } from '../checks.js';
import { type OpDefinition, ShapeError } from '../definition.js';
import { floatOf } from '../values.js';
import { arithmetic } from './arithmetic.js';

export const softmax: OpDefinition<1> = {
  name: 'softmax',
  summary: 'exp(x) over its sum along the last axis: [..., C] -> [..., C].',
  operands: ['x'],
  attributes: {},
  infer([x]) {
    wantFloat([x]);
    if (x.shape.length === 0) throw new ShapeError({ kind: 'noAxis', of: 'softmax' }, [0]);
    return [floatOf(x.shape)];
  },
  cheap: true,
  evaluate([x]) {
    const data = new Float64Array(x.data.length);
    const classes = x.shape.at(-1) ?? 1;
    for (let row = 0; row < data.length; row += classes) {
      const logits = x.data.subarray(row, row + classes);
      const greatest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
      const weights = logits.map((logit) => Math.exp(logit - greatest));
      const total = weights.reduce((a, b) => a + b, 0);
      data.set(
        weights.map((weight) => weight / total),
        row,
      );
    }
    return [{ shape: x.shape, data }];
  },
  gradient(b, { results: [y] }, [g]) {
    const { mul, sub } = arithmetic(b);
    const axes = [y.type.shape.length - 1];
    const [mean] = b.apply(b.ops.reduceSum, [mul(g, y)], { axes, keepDims: true });
    return [mul(y, sub(g, mean))];
  },
};
