import type { optimiserOps } from '../../../ops/optimiser/index.js';
import type { Emitter } from '../emitter.js';
import { type Tensor, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import { dataTypeOf } from '../signature.js';
import type { LoweringsOf } from './lowering.js';

/** `a + share (b - a)`. */
function mix(e: Emitter, a: Tensor, b: Tensor, share: Tensor): Tensor {
  return e.float('AddV2', [a, e.float('Mul', [share, e.float('Sub', [b, a])])]);
}

/** `1 - beta^(step + 1)` by expm1, as the difference from 1 has few digits in float32. */
function correction(e: Emitter, beta: number, step: Tensor): Tensor {
  const t = e.cast(e.int('AddV2', [step, e.integer(1)]), DataType.int32, DataType.float);
  const exponent = e.float('Mul', [t, e.scalar(Math.log(beta))]);
  return e.float('Neg', [e.float('Expm1', [exponent])]);
}

/**
 * The rate and epsilon of an Adam without bias correction that does what Adam with it does in this step:
 * lr mHat / (sqrt(vHat) + epsilon) = rate m / (sqrt(v) + reduced), with mHat = m / (1 - beta1^t) and
 * vHat = v / (1 - beta2^t).
 */
export function correctedAdam(
  e: Emitter,
  lr: Tensor,
  step: Tensor,
  { beta1, beta2, epsilon }: { beta1: number; beta2: number; epsilon: number },
): { readonly rate: Tensor; readonly reduced: Tensor } {
  const root = e.float('Sqrt', [correction(e, beta2, step)]);
  const rate = e.float('RealDiv', [e.float('Mul', [lr, root]), correction(e, beta1, step)]);
  return { rate, reduced: e.float('Mul', [root, e.scalar(epsilon)]) };
}

/** As values; where they update the variables they read, `inPlaceLowerings` stands in. */
export const optimiserLowerings: LoweringsOf<typeof optimiserOps> = {
  adam(e, [w, m, v, g, lr, step], attributes) {
    const { rate, reduced } = correctedAdam(e, lr, step, attributes);
    const mean = mix(e, m, g, e.scalar(1 - attributes.beta1));
    const square = mix(e, v, e.float('Square', [g]), e.scalar(1 - attributes.beta2));
    const root = e.float('AddV2', [e.float('Sqrt', [square]), reduced]);
    const change = e.float('RealDiv', [e.float('Mul', [rate, mean]), root]);
    return [e.float('Sub', [w, change]), mean, square];
  },
  sgd: (e, [w, g, lr]) => e.float('Sub', [w, e.float('Mul', [lr, g])]),
  momentum(e, [w, velocity, g, lr], { momentum }) {
    const next = e.float('AddV2', [e.float('Mul', [velocity, e.scalar(momentum)]), g]);
    return [e.float('Sub', [w, e.float('Mul', [lr, next])]), next];
  },
  select(e, [condition, a, b], _, { results: [result] }) {
    const isTrue = e.float('NotEqual', [condition, e.scalar(0)]);
    return e.add('SelectV2', [isTrue, a, b], { T: type(dataTypeOf(result.type.dtype)) });
  },
  increment: (e, [step]) => e.int('AddV2', [step, e.integer(1)]),
  lerp: (e, [a, b, t]) => mix(e, a, b, t),
};
