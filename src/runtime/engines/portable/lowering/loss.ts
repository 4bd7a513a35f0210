import type { lossOps } from '../../../../compiler/ops/loss/index.js';
import { sigmoidCrossEntropy } from '../../../../compiler/ops/loss/sigmoid-cross-entropy.js';
import { softmaxCrossEntropy } from '../../../../compiler/ops/loss/softmax-cross-entropy.js';
import { byReference } from './host.js';
import type { LoweringsOf } from './lowering.js';

/** Once a step, over one map. */
export const lossLowerings: LoweringsOf<typeof lossOps> = {
  sigmoidCrossEntropy: byReference(sigmoidCrossEntropy),
  softmaxCrossEntropy: byReference(softmaxCrossEntropy),
};
