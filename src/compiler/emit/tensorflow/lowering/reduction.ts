import type { reductionOps } from '../../../ops/reduction/index.js';
import { stepsOver } from '../../reduction-steps.js';
import type { Emitter } from '../emitter.js';
import { flag, type Tensor } from '../graphdef.js';
import type { Lowering, LoweringsOf } from './lowering.js';

type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

const over = (
  op: string,
  e: Emitter,
  x: Tensor,
  axes: readonly number[],
  keepDims: boolean,
): Tensor => e.float(op, [x, e.integers(axes)], { keep_dims: flag(keepDims) });

/** Where the last axis is among them, TensorFlow itself adds in parts. */
const inSteps =
  (op: string): Lowering<ReductionAttributes, 1, 1> =>
  (e, [x], { axes, keepDims }, { operands: [{ type }] }) => {
    const steps = axes.includes(type.shape.length - 1) ? [axes] : stepsOver(axes);
    return steps.reduce((y, step) => over(op, e, y, step, keepDims), x);
  };

export const reductionLowerings: LoweringsOf<typeof reductionOps> = {
  reduceMax: (e, [x], { axes, keepDims }) => over('Max', e, x, axes, keepDims),
  reduceMean: inSteps('Mean'),
  reduceSum: inSteps('Sum'),
};
