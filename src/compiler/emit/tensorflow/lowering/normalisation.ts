import type { normalisationOps } from '../../../ops/normalisation/index.js';
import type { Shape } from '../../../sizes/size.js';
import type { Emitter } from '../emitter.js';
import { flag, outputOf, real, type Tensor, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import type { LoweringsOf } from './lowering.js';

const float = type(DataType.float);

const fusedAttrs = (epsilon: number, training: boolean) => ({
  U: float,
  epsilon: real(epsilon),
  is_training: flag(training),
});

/** How many elements each channel of x has, as a float. */
function elementsPerChannel(e: Emitter, x: Shape): Tensor {
  const count = e.int('Prod', [e.shape(x.slice(0, 3)), e.integers([0])]);
  return e.cast(count, DataType.int32, DataType.float);
}

/**
 * The mean and the biased variance as FusedBatchNormV3 and its gradient want them, where the forward pass is not in this
 * function. The third tensor is cuDNN's own and empty elsewhere.
 */
function momentsOf(e: Emitter, x: Shape, mean: Tensor, variance: Tensor): readonly Tensor[] {
  const count = elementsPerChannel(e, x);
  const share = e.float('RealDiv', [e.float('Sub', [count, e.scalar(1)]), count]);
  return [mean, e.float('Mul', [variance, share]), e.builder.floats([], [0])];
}

export const normalisationLowerings: LoweringsOf<typeof normalisationOps> = {
  batchNorm: (e, operands, { epsilon }) =>
    e.float('FusedBatchNormV3', operands, fusedAttrs(epsilon, false)),

  batchNormTrain(e, [x, scale, shift], { epsilon }, { results: [, mean] }) {
    const none = e.builder.floats([], [0]);
    const inputs = [x, scale, shift, none, none];
    const y = e.float('FusedBatchNormV3', inputs, fusedAttrs(epsilon, true));
    e.reserves.set(mean.id, [outputOf(y, 3), outputOf(y, 4), outputOf(y, 5)]);
    return [y, outputOf(y, 1), outputOf(y, 2)];
  },

  batchNormByMoments(e, [x, scale, shift, mean, variance], { epsilon }, { operands }) {
    const [centre, spread] =
      e.reserves.get(operands[3].id) ?? momentsOf(e, operands[0].type.shape, mean, variance);
    const inputs = [x, scale, shift, centre!, spread!];
    return e.float('FusedBatchNormV3', inputs, fusedAttrs(epsilon, false));
  },

  batchNormGradient(e, [g, x, scale, mean, variance], { epsilon }, { operands }) {
    const kept =
      e.reserves.get(operands[3].id) ?? momentsOf(e, operands[1].type.shape, mean, variance);
    const inputs = [g, x, scale, ...kept];
    const dx = e.float('FusedBatchNormGradV3', inputs, fusedAttrs(epsilon, true));
    return [dx, outputOf(dx, 1), outputOf(dx, 2)];
  },
};
