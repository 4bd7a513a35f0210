import type { OpDefinition } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';
import { type ReductionAttributes, reduction, withOnes } from './reduction.js';

export const reduceMax: OpDefinition<1, ReductionAttributes> = {
  ...reduction(
    'reduceMax',
    'The greatest over axes; elements that tie share its cotangent equally.',
    -Infinity,
    Math.max,
  ),
  gradient(b, { operands: [x], results: [y] }, [g], attributes) {
    const { div, mul } = arithmetic(b);
    const [winners] = b.apply(b.ops.equal, [x, withOnes(b, y, x, attributes)], {});
    const [ties] = b.apply(b.ops.reduceSum, [winners], { axes: attributes.axes, keepDims: true });
    return [mul(winners, div(withOnes(b, g, x, attributes), ties))];
  },
};
