import type { reductionOps } from '../../../../compiler/ops/reduction/index.js';
import { reduceMax } from '../../../../compiler/ops/reduction/reduce-max.js';
import { reduceMean } from '../../../../compiler/ops/reduction/reduce-mean.js';
import { reduceSum } from '../../../../compiler/ops/reduction/reduce-sum.js';
import type { ReductionAttributes } from '../../../../compiler/ops/reduction/reduction.js';
import type { Numbers } from '../kernels.js';
import { byReference, computed } from './host.js';
import type { AnyLowering, LoweringsOf } from './lowering.js';

/** Each sum of the elements that lie `sums.length` apart, in float64, times `share`. */
function addUp(sums: Numbers, x: Numbers, share: number): void {
  for (let c = 0; c < sums.length; c++) {
    let total = 0;
    for (let i = c; i < x.length; i += sums.length) total += x[i]!;
    sums[c] = total * share;
  }
}

/** `compute` where the first axes are reduced, as of a bias's gradient and a loss; `otherwise` elsewhere. */
const overFirstAxes =
  (
    share: (results: number, elements: number) => number,
    otherwise: AnyLowering<ReductionAttributes>,
  ): AnyLowering<ReductionAttributes> =>
  (k, operands, attributes, shapes) => {
    if (attributes.axes.toSorted().some((axis, i) => axis !== i))
      return otherwise(k, operands, attributes, shapes);
    return computed(k, shapes, operands, ([sums], [x]) =>
      addUp(sums!, x!, share(sums!.length, x!.length)),
    );
  };

export const reductionLowerings: LoweringsOf<typeof reductionOps> = {
  reduceMax: byReference(reduceMax),
  reduceMean: overFirstAxes((results, elements) => results / elements, byReference(reduceMean)),
  reduceSum: overFirstAxes(() => 1, byReference(reduceSum)),
};
