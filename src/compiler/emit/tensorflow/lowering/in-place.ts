import type { AttributesOf } from '../../../ops/definition.js';
import type { optimiserOps } from '../../../ops/optimiser/index.js';
import type { OpName } from '../../../ops/registry.js';
import type { Emitter } from '../emitter.js';
import { flag, type Tensor } from '../graphdef.js';
import { correctedAdam } from './optimiser.js';

/**
 * An update as one kernel that assigns. `handles` are those of the first operands, which the results replace; `reads`
 * are the control inputs that put it after their reads. By `made` the kernel's numbers are such that it changes nothing where the step
 * is skipped.
 */
export interface InPlace<Attributes = never> {
  lower(
    e: Emitter,
    handles: readonly Tensor[],
    operands: readonly Tensor[],
    attributes: Attributes,
    reads: readonly string[],
    made: Made,
  ): Tensor;
}

/** What a kernel reads where its step may be skipped. */
export interface Made {
  /** 0 where the step is skipped, even of what is not finite. */
  orZero(x: Tensor): Tensor;
  /** 1 where the step is skipped. */
  orOne(x: Tensor): Tensor;
}

const always: Made = { orZero: (x) => x, orOne: (x) => x };

/** @param condition a number, 0 where the step is skipped; null where none ever is */
export function madeWhere(e: Emitter, condition: Tensor | null): Made {
  if (condition === null) return always;
  return {
    orZero: (x) => e.once(`${x} or 0`, () => e.float('MulNoNan', [x, condition])),
    orOne: (x) =>
      e.once(`${x} or 1`, () => {
        const isMade = e.float('NotEqual', [condition, e.scalar(0)]);
        return e.float('SelectV2', [isMade, x, e.scalar(1)]);
      }),
  };
}

/**
 * PyTorch's Adam by TensorFlow's, which adds epsilon before the bias correction: rate and epsilon come corrected, and
 * the powers of the betas that the kernel would correct with are 0. The kernel takes 1 - beta of the float32 beta; so
 * does the correction here, and it cancels in the weight.
 */
const adam: InPlace<AttributesOf<(typeof optimiserOps)['adam']>> = {
  lower(e, handles, [g, lr, step], attributes, reads, { orZero, orOne }) {
    const { epsilon } = attributes;
    const [beta1, beta2] = [Math.fround(attributes.beta1), Math.fround(attributes.beta2)];
    const { rate, reduced } = e.once(`adam ${lr} ${step} ${beta1} ${beta2} ${epsilon}`, () =>
      correctedAdam(e, lr!, step!, { beta1, beta2, epsilon }),
    );
    const noPower = e.scalar(0);
    const decays = [orOne(e.scalar(beta1)), orOne(e.scalar(beta2))];
    const scalars = [noPower, noPower, orZero(rate), ...decays, reduced];
    return e.float('ResourceApplyAdam', [...handles, ...scalars, orZero(g!), ...reads]);
  },
};

const sgd: InPlace<AttributesOf<(typeof optimiserOps)['sgd']>> = {
  lower: (e, handles, [g, lr], _, reads, { orZero }) =>
    e.float('ResourceApplyGradientDescent', [...handles, lr!, orZero(g!), ...reads]),
};

const momentum: InPlace<AttributesOf<(typeof optimiserOps)['momentum']>> = {
  lower(e, handles, [g, lr], attributes, reads, { orZero, orOne }) {
    const kept = orOne(e.scalar(attributes.momentum));
    const inputs = [...handles, orZero(lr!), orZero(g!), kept, ...reads];
    return e.float('ResourceApplyMomentum', inputs, { use_nesterov: flag(false) });
  },
};

/** Operations whose results may be written over the variables they read. */
export const inPlaceLowerings: Partial<Record<OpName, InPlace>> = { adam, sgd, momentum };
