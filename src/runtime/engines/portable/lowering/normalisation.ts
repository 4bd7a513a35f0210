import type { normalisationOps } from '../../../../compiler/ops/normalisation/index.js';
import { sizeOf } from '../../../../compiler/ops/values.js';
import type { Kernels, WasmTensor } from '../kernels.js';
import {
  type PerChannel,
  productsPerChannel,
  squaresPerChannel,
  sumsPerChannel,
} from './channel-sums.js';
import { reshaped, vector } from './host.js';
import type { LoweringsOf } from './lowering.js';

/** x factor + term, channel by channel: a depthwise convolution of one tap with a bias is the fastest kernel for it. */
function scaled(k: Kernels, x: WasmTensor, factor: PerChannel, term: PerChannel): WasmTensor {
  const filter = reshaped(k, vector(k, factor), [1, 1, factor.length, 1]);
  return k.run(
    'FusedDepthwiseConv2D',
    { x, filter, bias: vector(k, term) },
    { strides: [1, 1], dilations: [1, 1], pad: 'valid', dataFormat: 'NHWC', activation: 'linear' },
  );
}

/** From so many deviations on, a mean that is taken off after the scaling takes digits with it. */
const farMean = 16;

/** scale (x - mean) / sqrt(variance + epsilon) + shift. */
function normalised(
  k: Kernels,
  x: WasmTensor,
  [scale, shift, mean, variance]: readonly ArrayLike<number>[],
  epsilon: number,
): WasmTensor {
  const inverse = Float64Array.from(variance!, (v) => 1 / Math.sqrt(v + epsilon));
  const factor = inverse.map((s, c) => s * scale![c]!);
  if (inverse.some((s, c) => Math.abs(mean![c]!) * s > farMean)) {
    // Copies: making a tensor may move the memory that these are views of.
    const [own, means] = [Float64Array.from(shift!), Float64Array.from(mean!)];
    return scaled(k, k.run('Sub', { a: x, b: vector(k, means) }), factor, own);
  }
  const term = Float64Array.from(shift!, (b, c) => b - mean![c]! * factor[c]!);
  return scaled(k, x, factor, term);
}

export const normalisationLowerings: LoweringsOf<typeof normalisationOps> = {
  batchNorm: (k, [x, ...vectors], { epsilon }) => normalised(k, x, vectors.map(k.view), epsilon),

  batchNormTrain(k, [x, scale, shift], { epsilon }) {
    const channels = scale.shape[0]!;
    const count = sizeOf(x.shape) / channels;
    // In two passes: sums of squares would lose digits to cancellation.
    const mean = sumsPerChannel(k.view(x), channels).map((sum) => sum / count);
    const squares = squaresPerChannel(k.view(x), mean);
    const biased = squares.map((sum) => sum / count);
    const unbiased = squares.map((sum) => sum / Math.max(count - 1, 1));
    const y = normalised(k, x, [k.view(scale), k.view(shift), mean, biased], epsilon);
    return [y, vector(k, mean), vector(k, unbiased)];
  },

  batchNormByMoments(k, [x, ...vectors], { epsilon }) {
    const [scale, shift, mean, variance] = vectors.map(k.view);
    const count = sizeOf(x.shape) / scale!.length;
    const biased = Float64Array.from(variance!, (v) => (v * (count - 1)) / count);
    return normalised(k, x, [scale!, shift!, mean!, biased], epsilon);
  },

  /**
   * With s = 1 / sqrt(biased + epsilon) and far = sum(g (x - mean)): dscale = s far, dshift = sum g, and
   * dx = scale s (g - dshift / n - s^2 far (x - mean) / n), a sum of g and x with factors by channel.
   */
  batchNormGradient(k, operands, { epsilon }) {
    const [g, x, scale, mean, variance] = operands.map(k.view);
    const count = x!.length / scale!.length;
    const plain = sumsPerChannel(g!, mean!.length);
    const far = productsPerChannel(g!, x!, mean!);
    const inverse = Float64Array.from(
      variance!,
      (v) => 1 / Math.sqrt((v * (count - 1)) / count + epsilon),
    );
    const ofG = inverse.map((s, c) => s * scale![c]!);
    const ofX = inverse.map((s, c) => (-ofG[c]! * s * s * far[c]!) / count);
    const term = ofG.map((factor, c) => (-factor * plain[c]!) / count - ofX[c]! * mean![c]!);
    const dscale = inverse.map((s, c) => s * far[c]!);
    const zeros = new Float64Array(ofX.length);
    // One value is its own mean: y does not depend on it, which the sum below would hit but for its rounding.
    const dx =
      count === 1
        ? scaled(k, operands[0], zeros, zeros)
        : k.run('Add', {
            a: scaled(k, operands[0], ofG, term),
            b: scaled(k, operands[1], ofX, zeros),
          });
    return [dx, vector(k, dscale), vector(k, plain)];
  },
};
