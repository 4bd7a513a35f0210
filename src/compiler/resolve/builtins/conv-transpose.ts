import { schemes } from '../../graph/initializer.js';
import { convTranspose } from '../../ops/convolution/conv-transpose.js';
import { fixed, plus, type Size, times } from '../../shapes/size.js';
import { block } from './builtin.js';
import { channelsOf, paddings, schemeNames, withBias } from './conv.js';
import { choice, count, flag, pair } from './parameters.js';

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
    init: choice(schemeNames, 'he_normal'),
  },
  build(b, [x], { channels, kernel, stride, padding, bias, init }) {
    const inputs = channelsOf(x);
    const taps = kernel[0] * kernel[1];
    // An output sums taps / stride^2 products a channel, so that is what keeps its variance (He et al. 2015).
    const phases = stride[0] * stride[1];
    const initial = schemes[init]((taps * inputs) / phases, (taps * channels) / phases);
    const weights = b.weight('kernel', [...kernel, channels, inputs], initial);
    // The largest size that a convolution of this kind takes to x's.
    const along = (size: Size, axis: number): Size =>
      padding === 'valid'
        ? plus(times(plus(size, -1), stride[axis]), kernel[axis])
        : times(size, stride[axis]);
    const [batch, height, width] = x.type.shape;
    const shape = [batch, along(height, 0), along(width, 1), fixed(channels)];
    const attributes = { strides: stride, dilations: [1, 1], groups: 1, padding, shape };
    const [y] = b.apply(convTranspose, [x, weights], attributes);
    return bias ? withBias(b, y, channels) : y;
  },
});
