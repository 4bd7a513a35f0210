import type { Node } from '../../../ir/graph.js';
import type { reductionOps } from '../../../ops/reduction/index.js';
import { placeOf } from '../../layout.js';
import { stepsOver } from '../../reduction-steps.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { int } from '../proto.js';
import type { EntriesOf } from './lowering.js';

type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

/** Where axes go, those that are left must stand in netc's order. */
const over =
  (op: string, steps: typeof stepsOver = (axes) => [axes]) =>
  (e: Emitter, { operands: [x] }: Node, { axes, keepDims }: ReductionAttributes): Tensor => {
    const rank = x!.type.shape.length;
    const places = keepDims ? axes.map((axis) => placeOf(axis, rank)) : axes;
    const keepdims = int(keepDims ? 1 : 0);
    return steps(places).reduce(
      (y, step) => e.add(op, [y, e.integers(step)], { keepdims }),
      e.get(x!, keepDims ? 'nchw' : 'nhwc'),
    );
  };

export const reductionEntries: EntriesOf<typeof reductionOps> = {
  reduceMax: over('ReduceMax'),
  reduceMean: over('ReduceMean', stepsOver),
  reduceSum: over('ReduceSum', stepsOver),
};
