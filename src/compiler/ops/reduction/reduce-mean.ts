import type { OpDefinition } from '../definition.js';
import { arithmetic } from '../elementwise/arithmetic.js';
import { elementCount, type ReductionAttributes, reduction, withOnes } from './reduction.js';

const sum = reduction('reduceMean', 'The mean over axes.', 0, (total, element) => total + element);

export const reduceMean: OpDefinition<1, ReductionAttributes> = {
  ...sum,
  evaluate(operands, attributes, shapes) {
    const [total] = sum.evaluate(operands, attributes, shapes);
    const share = total.data.length / operands[0].data.length;
    return [{ shape: total.shape, data: total.data.map((element) => element * share) }];
  },
  gradient(b, { operands: [x] }, [g], attributes) {
    const { shape } = x.type;
    const count = elementCount(
      b,
      attributes.axes.map((axis) => shape[axis]!),
    );
    const share = arithmetic(b).div(withOnes(b, g, x, attributes), count);
    return b.apply(b.ops.broadcastTo, [share], { shape });
  },
};
