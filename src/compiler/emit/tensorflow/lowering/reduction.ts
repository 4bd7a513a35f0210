import type { reductionOps } from '../../../ops/reduction/index.js';
import type { Emitter } from '../emitter.js';
import { flag, type Tensor } from '../graphdef.js';
import type { LoweringsOf } from './lowering.js';

type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

const over =
  (op: string) =>
  (e: Emitter, [x]: readonly Tensor[], { axes, keepDims }: ReductionAttributes): Tensor =>
    e.float(op, [x!, e.integers(axes)], { keep_dims: flag(keepDims) });

export const reductionLowerings: LoweringsOf<typeof reductionOps> = {
  reduceMax: over('Max'),
  reduceMean: over('Mean'),
  reduceSum(e, operands, attributes, { operands: [{ type }] }) {
    const { axes, keepDims } = attributes;
    const perChannel =
      type.shape.length === 4 &&
      [0, 1, 2].every((axis) => axes.includes(axis)) &&
      axes.length === 3;
    // The gradient of a bias: this kernel runs over the channels and on all cores.
    if (perChannel && !keepDims) return e.float('BiasAddGrad', operands);
    return over('Sum')(e, operands, attributes);
  },
};
