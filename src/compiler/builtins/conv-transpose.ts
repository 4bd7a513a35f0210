import type { Initializer, Scheme } from '../ir/initializer.js';
import { convTranspose } from '../ops/convolution/conv-transpose.js';
import { ShapeError } from '../ops/definition.js';
import { fixed, plus, type Size, times } from '../sizes/size.js';
import { block } from '../values/builtin.js';
import { choice, choiceOrNumber, count, flag, type Pair, pair } from '../values/parameters.js';
import { channelsOf, paddings, schemeNames, startOf, withBias } from './conv.js';

const bilinear = 'bilinear';
const starts = [...schemeNames, bilinear] as const;

/** The kernel as it starts; `init` is a scheme, a number or `"bilinear"`. */
function initialKernel(
  init: Scheme | typeof bilinear | number,
  [inputs, channels]: readonly [number, number],
  kernel: Pair,
  stride: Pair,
): Initializer {
  if (init === bilinear) return interpolation(inputs, channels, kernel, stride);
  const taps = kernel[0] * kernel[1];
  // An output sums taps / stride^2 products a channel, so that is what keeps its variance (He et al. 2015).
  const phases = stride[0] * stride[1];
  return startOf(init, (taps * inputs) / phases, (taps * channels) / phases);
}

/** Refuses what interpolates nothing: other channels than come in, and kernels too small to reach the next pixel. */
function interpolation(inputs: number, channels: number, kernel: Pair, stride: Pair): Initializer {
  if (inputs !== channels) {
    throw new ShapeError({ kind: 'interpolation', inputs, channels }, [0]);
  }
  for (const [axis, factor] of stride.entries()) {
    const least = 2 * factor - (kernel[axis]! % 2);
    if (kernel[axis]! >= least) continue;
    throw new ShapeError({ kind: 'interpolationKernel', factor, least, kernel: kernel[axis]! });
  }
  return { kind: bilinear, factors: stride };
}

export const ConvTranspose = block({
  name: 'ConvTranspose',
  summary:
    'The transpose of a convolution: kernel [height, width, channels, input channels] and bias.',
  parameters: {
    channels: count(),
    kernel: pair(2),
    stride: pair(2),
    padding: choice(paddings, 'same'),
    bias: flag(true),
    init: choiceOrNumber(starts, 'he_normal'),
  },
  build(b, [x], { channels, kernel, stride, padding, bias, init }) {
    const inputs = channelsOf(x!);
    const initial = initialKernel(init, [inputs, channels], kernel, stride);
    const weights = b.weight('kernel', [...kernel, channels, inputs], initial);
    // The largest size that a convolution of this kind takes to x's.
    const along = (size: Size, axis: number): Size =>
      padding === 'valid'
        ? plus(times(plus(size, -1), stride[axis]!), kernel[axis]!)
        : times(size, stride[axis]!);
    const [batch, height, width] = x!.type.shape;
    const shape = [batch!, along(height!, 0), along(width!, 1), fixed(channels)];
    const attributes = { strides: stride, dilations: [1, 1], groups: 1, padding, shape };
    const [y] = b.apply(convTranspose, [x!, weights], attributes);
    return bias ? withBias(b, y, channels) : y;
  },
});
