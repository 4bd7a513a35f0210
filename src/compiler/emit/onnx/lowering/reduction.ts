import type { Node } from '../../../ir/graph.js';
import type { reductionOps } from '../../../ops/reduction/index.js';
import { placeOf } from '../../layout.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { int } from '../proto.js';
import type { EntriesOf } from './lowering.js';

type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

/** Where axes go, those that are left must stand in netc's order. */
const over =
  (op: string) =>
  (e: Emitter, { operands: [x] }: Node, { axes, keepDims }: ReductionAttributes): Tensor => {
    const rank = x!.type.shape.length;
    const places = keepDims ? axes.map((axis) => placeOf(axis, rank)) : axes;
    const inputs = [e.get(x!, keepDims ? 'nchw' : 'nhwc'), e.integers(places)];
    return e.add(op, inputs, { keepdims: int(keepDims ? 1 : 0) });
  };

export const reductionEntries: EntriesOf<typeof reductionOps> = {
  reduceMax: over('ReduceMax'),
  reduceMean: over('ReduceMean'),
  reduceSum: over('ReduceSum'),
};
