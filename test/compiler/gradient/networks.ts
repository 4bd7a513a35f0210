import { GraphBuilder } from '../../../src/compiler/ir/builder.js';
import type { Graph, Value } from '../../../src/compiler/ir/graph.js';
import { constant, schemes } from '../../../src/compiler/ir/initializer.js';
import { conv } from '../../../src/compiler/ops/convolution/conv.js';
import { add } from '../../../src/compiler/ops/elementwise/add.js';
import { biasAdd } from '../../../src/compiler/ops/elementwise/bias-add.js';
import { relu } from '../../../src/compiler/ops/elementwise/relu.js';
import { sigmoid } from '../../../src/compiler/ops/elementwise/sigmoid.js';
import { softmax } from '../../../src/compiler/ops/elementwise/softmax.js';
import { batchNorm } from '../../../src/compiler/ops/normalisation/batch-norm.js';
import { averagePool } from '../../../src/compiler/ops/pooling/average-pool.js';
import { maxPool } from '../../../src/compiler/ops/pooling/max-pool.js';
import { resizeNearest } from '../../../src/compiler/ops/resizing/resize-nearest.js';
import { concat } from '../../../src/compiler/ops/structure/concat.js';
import { dropout } from '../../../src/compiler/ops/structure/dropout.js';
import { floatOf } from '../../../src/compiler/ops/values.js';
import { type Extents, fixed, symbolic } from '../../../src/compiler/sizes/size.js';

/** A training with everything that has variables of its own. */
export const withAllState = {
  loss: { kind: 'bce' },
  optimiser: { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  clip: 0.5,
  ema: 0.9,
  accumulate: 2,
} as const;

/** The blocks of the networks below, written as the elaborator writes them. */
class Blocks {
  readonly b: GraphBuilder;

  constructor(name: string) {
    this.b = new GraphBuilder(name);
  }

  image(channels: number): Value {
    const shape = [symbolic('N'), symbolic('H'), symbolic('W'), fixed(channels)];
    return this.b.input('image', floatOf(shape));
  }

  weight(path: string, shape: Extents, value?: number): Value {
    const known = this.b.variableAt(path);
    if (known) return known.value;
    const fanIn = shape.slice(0, -1).reduce((a, n) => a * n, 1);
    const initial = value === undefined ? schemes.he_normal(fanIn) : constant(value);
    return this.b.variable(path, 'weight', floatOf(shape.map(fixed)), initial);
  }

  moment(path: string, channels: number, value: number): Value {
    const type = floatOf([fixed(channels)]);
    return this.b.variableAt(path)?.value ?? this.b.variable(path, 'moment', type, constant(value));
  }

  conv(path: string, x: Value, channels: number, size = 3): Value {
    const kernel = this.weight(`${path}/kernel`, [size, size, channelsOf(x), channels]);
    const attributes = { strides: [1, 1], dilations: [1, 1], groups: 1, padding: 'same' } as const;
    const [y] = this.b.apply(conv, [x, kernel], attributes);
    return this.b.apply(biasAdd, [y, this.weight(`${path}/bias`, [channels], 0)], {})[0];
  }

  norm(path: string, x: Value): Value {
    const channels = channelsOf(x);
    const operands = [
      x,
      this.weight(`${path}/scale`, [channels], 1),
      this.weight(`${path}/shift`, [channels], 0),
      this.moment(`${path}/mean`, channels, 0),
      this.moment(`${path}/variance`, channels, 1),
    ] as const;
    return this.b.apply(batchNorm, operands, { epsilon: 1e-5, momentum: 0.1 })[0];
  }
}

const channelsOf = (x: Value): number => x.type.shape[3]!.q.n;

const anySize = ['N', 'H', 'W'].map((symbol) => ({ symbol, modulus: 1, remainder: 0 }));

/** One convolution: the smallest model there is. */
export function pixelClassifier(): Graph {
  const n = new Blocks('PixelClassifier');
  n.b.output('mask', n.b.apply(sigmoid, [n.conv('Conv', n.image(1), 1, 1)], {})[0]);
  return n.b.finish(anySize);
}

/** One convolution to `channels`, then `end`. */
export function classifier(channels: number, end: 'sigmoid' | 'softmax'): Graph {
  const n = new Blocks('Classifier');
  const logits = n.conv('Conv', n.image(2), channels, 1);
  n.b.output('classes', n.b.apply(end === 'sigmoid' ? sigmoid : softmax, [logits], {})[0]);
  return n.b.finish(anySize);
}

/** A mask, and below a pooling over 2x2 pixels another of half the size. */
export function halfSized(): Graph {
  const n = new Blocks('HalfSized');
  const { b } = n;
  const features = n.conv('features', n.image(1), 2);
  b.output('mask', b.apply(sigmoid, [n.conv('head', features, 1, 1)], {})[0]);
  const pool = { window: [2, 2], strides: [2, 2], padding: 'valid' } as const;
  const [halved] = b.apply(averagePool, [features], pool);
  b.output('aux', b.apply(sigmoid, [n.conv('below', halved, 1, 1)], {})[0]);
  return b.finish(
    ['N', 'H', 'W'].map((symbol) => ({ symbol, modulus: symbol === 'N' ? 1 : 2, remainder: 0 })),
  );
}

/** Two heads without a trunk, the second of which ends in ReLU. */
export function twoHeads(): Graph {
  const n = new Blocks('TwoHeads');
  const image = n.image(1);
  n.b.output('mask', n.b.apply(sigmoid, [n.conv('main', image, 1)], {})[0]);
  n.b.output('edge', n.b.apply(relu, [n.conv('other', image, 1)], {})[0]);
  return n.b.finish(anySize);
}

/** A mask at each of three depths: deep supervision. */
export function deepSupervision(): Graph {
  const n = new Blocks('DeepSupervision');
  let x = n.image(1);
  for (let i = 0; i < 3; i++) {
    x = n.conv(`features[${i}]`, x, 2);
    n.b.output(`masks[${i}]`, n.b.apply(sigmoid, [n.conv(`head[${i}]`, x, 1, 1)], {})[0]);
  }
  return n.b.finish(anySize);
}

/** One batch norm, used twice in a row on the image itself. */
export function normTwice(): Graph {
  const n = new Blocks('NormTwice');
  const once = n.norm('norm', n.image(1));
  n.b.output('mask', n.b.apply(sigmoid, [n.norm('norm', once)], {})[0]);
  return n.b.finish(anySize);
}

/** A U of one level: pooling, upsampling and a skip. */
export function tinyU(): Graph {
  const n = new Blocks('TinyU');
  const { b } = n;
  const bend = (x: Value): Value => b.apply(relu, [x], {})[0];
  const here = bend(n.norm('BatchNorm', n.conv('Conv', n.image(2), 3)));
  const halved = b.apply(maxPool, [here], { window: [2, 2], strides: [2, 2], padding: 'valid' })[0];
  const below = bend(n.conv('below', halved, 4));
  const shape = [...here.type.shape.slice(0, 3), fixed(4)];
  const [up] = b.apply(resizeNearest, [below], { shape });
  const [joined] = b.apply(concat, [here, up], { axis: 3 });
  b.output('mask', b.apply(sigmoid, [n.conv('head', joined, 1, 1)], {})[0]);
  return b.finish([
    { symbol: 'N', modulus: 1, remainder: 0 },
    { symbol: 'H', modulus: 2, remainder: 0 },
    { symbol: 'W', modulus: 2, remainder: 0 },
  ]);
}

/** One kernel and one batch norm at both steps of a recurrent layer, then dropout and three classes. */
export function recurrent(): Graph {
  const n = new Blocks('Recurrent');
  const { b } = n;
  const unit = (x: Value): Value => {
    const y = n.norm('norm', n.conv('kernel', x, 2));
    return b.apply(relu, [y], {})[0];
  };
  const image = n.image(2);
  const first = unit(image);
  const second = unit(b.apply(add, [image, first], {})[0]);
  const [dropped] = b.apply(dropout, [second], { rate: 0.25, path: 'dropout' });
  b.output('classes', b.apply(softmax, [n.conv('head', dropped, 3, 1)], {})[0]);
  return b.finish(anySize);
}
