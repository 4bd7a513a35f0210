import { broadcastTo } from '../../../../compiler/ops/structure/broadcast-to.js';
import { dropoutMask } from '../../../../compiler/ops/structure/dropout-mask.js';
import type { structureOps } from '../../../../compiler/ops/structure/index.js';
import { byReference, computed, reshaped, scalar } from './host.js';
import type { LoweringsOf } from './lowering.js';

export const structureLowerings: LoweringsOf<typeof structureOps> = {
  after: (_, [x]) => x,
  constant: (k, _, { value }) => scalar(k, value),
  fill: (k, _, { value }, shapes) => computed(k, shapes, [], ([y]) => y!.fill(value)),
  broadcastTo: byReference(broadcastTo),
  reshape: (k, [x], _, [shape]) => reshaped(k, x, shape),
  concat: (k, operands, { axis }) => k.run('Concat', operands, { axis }),
  slice: (k, [x], { begin }, [size]) =>
    k.run('Slice', { x }, { begin: [...begin], size: [...size] }),
  pad(k, [x], { before, after, value }) {
    const paddings = before.map((first, axis) => [first, after[axis]]);
    return k.run('PadV2', { x }, { paddings, constantValue: value });
  },
  dropout: (_, [x]) => x,
  spatialDropout: (_, [x]) => x,
  dropPath: (_, [x]) => x,
  dropoutMask: byReference(dropoutMask),
};
