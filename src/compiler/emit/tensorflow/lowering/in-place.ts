import type { AttributesOf } from '../../../ops/definition.js';
import type { optimiserOps } from '../../../ops/optimiser/index.js';
import type { OpName } from '../../../ops/registry.js';
import type { Emitter } from '../emitter.js';
import { flag, type Tensor } from '../graphdef.js';
import { correctedAdam } from './optimiser.js';

/**
 * An update as one kernel that assigns. `handles` are those of the first operands, which the results replace; `reads`
 * are the control inputs that put it after their reads.
 */
export interface InPlace<Attributes = never> {
  lower(
    e: Emitter,
    handles: readonly Tensor[],
    operands: readonly Tensor[],
    attributes: Attributes,
    reads: readonly string[],
  ): Tensor;
}

/**
 * PyTorch's Adam by TensorFlow's, which adds epsilon before the bias correction: rate and epsilon come corrected, and
 * the powers of the betas that the kernel would correct with are 0. The kernel takes 1 - beta of the float32 beta; so
 * does the correction here, and it cancels in the weight.
 */
const adam: InPlace<AttributesOf<(typeof optimiserOps)['adam']>> = {
  lower(e, handles, [g, lr, step], attributes, reads) {
    const { epsilon } = attributes;
    const [beta1, beta2] = [Math.fround(attributes.beta1), Math.fround(attributes.beta2)];
    const { rate, reduced } = e.once(`adam ${lr} ${step} ${beta1} ${beta2} ${epsilon}`, () =>
      correctedAdam(e, lr!, step!, { beta1, beta2, epsilon }),
    );
    const noPower = e.scalar(0);
    const betas = [noPower, noPower, rate, e.scalar(beta1), e.scalar(beta2)];
    return e.float('ResourceApplyAdam', [...handles, ...betas, reduced, g!, ...reads]);
  },
};

const sgd: InPlace<AttributesOf<(typeof optimiserOps)['sgd']>> = {
  lower: (e, handles, [g, lr], _, reads) =>
    e.float('ResourceApplyGradientDescent', [...handles, lr!, g!, ...reads]),
};

const momentum: InPlace<AttributesOf<(typeof optimiserOps)['momentum']>> = {
  lower(e, handles, [g, lr], attributes, reads) {
    const inputs = [...handles, lr!, g!, e.scalar(attributes.momentum), ...reads];
    return e.float('ResourceApplyMomentum', inputs, { use_nesterov: flag(false) });
  },
};

/** Operations whose results may be written over the variables they read. */
export const inPlaceLowerings: Partial<Record<OpName, InPlace>> = { adam, sgd, momentum };
