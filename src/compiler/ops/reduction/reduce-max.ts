import type { OpDefinition } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';
import { equal } from '../elementwise/equal.js';
import { reduceSum } from './reduce-sum.js';
import { type ReductionAttributes, reduction, withOnes } from './reduction.js';

export const reduceMax: OpDefinition<ReductionAttributes> = {
  ...reduction(
    'reduceMax',
    'The greatest over axes; elements that tie share its cotangent equally.',
    -Infinity,
    Math.max,
  ),
  gradient(b, { operands: [x], results: [y] }, [g], attributes) {
    const { div, mul } = arithmetic(b);
    const [winners] = b.apply(equal, [x, withOnes(b, y, x, attributes)], {});
    const [ties] = b.apply(reduceSum, [winners], { axes: attributes.axes, keepDims: true });
    return [mul(winners, div(withOnes(b, g!, x, attributes), ties))];
  },
};
