import type { OpDefinition } from '../definition.js';
import { type ReductionAttributes, reduction, withOnes } from './reduction.js';

export const reduceSum: OpDefinition<1, ReductionAttributes> = {
  ...reduction('reduceSum', 'The sum over axes.', 0, (sum, element) => sum + element),
  gradient(b, { operands: [x] }, [g], attributes) {
    const { shape } = x.type;
    return b.apply(b.ops.broadcastTo, [withOnes(b, g, x, attributes)], { shape });
  },
};
