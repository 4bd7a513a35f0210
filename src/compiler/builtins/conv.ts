import type { Value as GraphValue } from '../ir/graph.js';
import { constant, type Initializer, type Scheme, schemes } from '../ir/initializer.js';
import { conv } from '../ops/convolution/conv.js';
import { ShapeError } from '../ops/definition.js';
import { biasAdd } from '../ops/elementwise/bias-add.js';
import { gcd } from '../sizes/rational.js';
import { fixedValue } from '../sizes/size.js';
import { type Builder, block } from '../values/builtin.js';
import {
  type ConfigurationOf,
  choice,
  choiceOrNumber,
  count,
  flag,
  pair,
} from '../values/parameters.js';

export const paddings = ['same', 'valid', 'torch'] as const;
export const schemeNames = Object.keys(schemes) as Scheme[];

/** How a kernel starts: every weight at a number, or drawn by a scheme from what goes in and out. */
export const startOf = (init: Scheme | number, fanIn: number, fanOut: number): Initializer =>
  typeof init === 'number' ? constant(init) : schemes[init](fanIn, fanOut);

/** The channels of an image `[N, H, W, C]`. Throws `ShapeError` on what is none. */
export function channelsOf(x: GraphValue): number {
  const channels = x.type.shape[3];
  const value = channels && x.type.shape.length === 4 ? fixedValue(channels) : undefined;
  if (value === undefined) throw new ShapeError({ kind: 'image' }, [0]);
  return value;
}

/** Biases start at 0, as in Keras and in He et al. 2015; PyTorch draws them uniformly. */
export const withBias = (b: Builder, y: GraphValue, channels: number): GraphValue =>
  b.apply(biasAdd, [y, b.weight('bias', [channels], constant(0))], {})[0];

const window = {
  kernel: pair(3),
  stride: pair(1),
  dilation: pair(1),
};
const making = {
  padding: choice(paddings, 'same'),
  bias: flag(true),
  init: choiceOrNumber(schemeNames, 'he_normal'),
};

/** A convolution in groups, each of as many input channels. */
function convolved(
  b: Builder,
  x: GraphValue,
  channels: number,
  groups: number,
  { kernel, stride, dilation, padding, bias, init }: ConfigurationOf<typeof window & typeof making>,
): GraphValue {
  const inputs = channelsOf(x);
  const taps = kernel[0] * kernel[1];
  const initial = startOf(init, (taps * inputs) / groups, (taps * channels) / groups);
  const weights = b.weight('kernel', [...kernel, inputs / groups, channels], initial);
  const attributes = { strides: stride, dilations: dilation, groups, padding };
  const [y] = b.apply(conv, [x, weights], attributes);
  return bias ? withBias(b, y, channels) : y;
}

export const Conv = block({
  name: 'Conv',
  summary: 'A convolution: kernel [height, width, input channels / groups, channels] and bias.',
  parameters: { channels: count(), ...window, groups: count(1), ...making },
  build(b, [x], { channels, groups, ...configuration }) {
    const inputs = channelsOf(x!);
    if (inputs % groups !== 0 || channels % groups !== 0) {
      const fits = gcd(inputs, channels);
      throw new ShapeError({ kind: 'groups', groups, channels: [inputs, channels], fits }, [0]);
    }
    return convolved(b, x!, channels, groups, configuration);
  },
});

export const DepthwiseConv = block({
  name: 'DepthwiseConv',
  summary:
    'Convolves each channel with kernels of its own, `multiplier` of them: kernel [height, width, 1, channels] and bias.',
  parameters: { multiplier: count(1), ...window, ...making },
  build(b, [x], { multiplier, ...configuration }) {
    const inputs = channelsOf(x!);
    return convolved(b, x!, multiplier * inputs, inputs, configuration);
  },
});
