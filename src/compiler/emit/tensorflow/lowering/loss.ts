import type { lossOps } from '../../../ops/loss/index.js';
import { flag } from '../graphdef.js';
import type { LoweringsOf } from './lowering.js';

export const lossLowerings: LoweringsOf<typeof lossOps> = {
  /** max(x, 0) - x target + log(1 + exp(-|x|)): no exponential of a positive number. */
  sigmoidCrossEntropy(e, [logits, target]) {
    const linear = e.float('Sub', [e.float('Relu', [logits]), e.float('Mul', [logits, target])]);
    const decay = e.float('Exp', [e.float('Neg', [e.float('Abs', [logits])])]);
    return e.float('AddV2', [linear, e.float('Log1p', [decay])]);
  },

  softmaxCrossEntropy(e, [logits, target], _, { operands: [{ type }] }) {
    const shares = e.float('Mul', [target, e.float('LogSoftmax', [logits])]);
    const channels = e.integers([type.shape.length - 1]);
    return e.float('Neg', [e.float('Sum', [shares, channels], { keep_dims: flag(true) })]);
  },
};
