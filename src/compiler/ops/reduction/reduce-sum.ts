import type { OpDefinition } from '../definition.js';
import { broadcastTo } from '../structure/broadcast-to.js';
import { type ReductionAttributes, reduction, withOnes } from './reduction.js';

export const reduceSum: OpDefinition<ReductionAttributes> = {
  ...reduction('reduceSum', 'The sum over axes.', 0, (sum, element) => sum + element),
  gradient(b, { operands: [x] }, [g], attributes) {
    const { shape } = x.type;
    return b.apply(broadcastTo, [withOnes(b, g!, x, attributes)], { shape });
  },
};
