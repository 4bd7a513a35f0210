import type { reductionOps } from '../../../../compiler/ops/reduction/index.js';
import { reduceMax } from '../../../../compiler/ops/reduction/reduce-max.js';
import { reduceMean } from '../../../../compiler/ops/reduction/reduce-mean.js';
import { reduceSum } from '../../../../compiler/ops/reduction/reduce-sum.js';
import type { ReductionAttributes } from '../../../../compiler/ops/reduction/reduction.js';
import { sumsPerChannel } from './channel-sums.js';
import { byReference, computed } from './host.js';
import type { AnyLowering, LoweringsOf } from './lowering.js';

/** Sums in float64 where the first axes are reduced, as of a bias's gradient and a loss; `otherwise` elsewhere. */
const overFirstAxes =
  (
    share: (results: number, elements: number) => number,
    otherwise: AnyLowering<ReductionAttributes>,
  ): AnyLowering<ReductionAttributes> =>
  (k, operands, attributes, shapes) => {
    if (attributes.axes.toSorted().some((axis, i) => axis !== i))
      return otherwise(k, operands, attributes, shapes);
    return computed(k, shapes, operands, ([sums], [x]) => {
      const factor = share(sums!.length, x!.length);
      sums!.set(sumsPerChannel(x!, sums!.length).map((sum) => sum * factor));
    });
  };

export const reductionLowerings: LoweringsOf<typeof reductionOps> = {
  reduceMax: byReference(reduceMax),
  reduceMean: overFirstAxes((results, elements) => results / elements, byReference(reduceMean)),
  reduceSum: overFirstAxes(() => 1, byReference(reduceSum)),
};
