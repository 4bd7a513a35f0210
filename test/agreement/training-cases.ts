import type { TrainingOptions } from '../../src/compiler/gradient/training-step.js';
import type { Graph, Program } from '../../src/compiler/ir/graph.js';
import { graphOf, modelOf } from '../compiler/expand/texts.js';
import { classifier, halfSized } from '../compiler/gradient/networks.js';
import { around, bits, int, listed, oneHot } from '../compiler/ops/cases/case.js';

// TensorFlow's kernel takes 1 - beta of the float32 beta: these are float32 numbers, so that it takes what is meant.
const adam = { kind: 'adam', beta1: 1 - 2 ** -3, beta2: 1 - 2 ** -10, epsilon: 1e-8 } as const;
const adamw = { ...adam, kind: 'adamw', weightDecay: 0.1 } as const;
const sgd = { kind: 'sgd', momentum: 0 } as const;
const nesterov = { kind: 'sgd', momentum: 0.9, nesterov: true, weightDecay: 0.1 } as const;

const [one, three] = [classifier(1, 'sigmoid'), classifier(3, 'softmax')];
/** A unit of ConvNeXt's kind, trained weights without a layer, and all ways to drop. */
const dropping = graphOf(
  modelOf(
    'there -> spatialDropout(0.3) -> Conv(1) -> dropout(0.2) -> sigmoid',
    `let inside = image -> DepthwiseConv -> LayerNorm -> Conv(3, kernel: 1) -> gelu -> Scale(init: 0.1)
  let here = image + (inside -> dropPath(0.5)) + (image -> Learned(init: "normal"))
  let there = here -> averagePool(2) -> ConvTranspose(3, kernel: 4, init: "bilinear")`,
  ),
);
/** Batch norms behind convolutions, at two sizes; smooth, so that no rounding decides which way a gradient goes. */
const normed = graphOf(
  modelOf(
    '(there, here) -> concat -> Conv(2, bias: false) -> BatchNorm -> silu -> Conv(1) -> sigmoid',
    `let here = image -> Conv(3, bias: false) -> BatchNorm -> silu -> Conv(3, bias: false) -> BatchNorm -> silu
  let there = here -> averagePool(2) -> Conv(4, bias: false) -> BatchNorm -> gelu -> dropout(0.2) -> upsample(2)`,
  ),
);
const weights = [1, 2, 4];
const both = { mask: 1, aux: 0.4 };

type Case = readonly [string, Graph, Omit<TrainingOptions, 'inspect'>];
/** Trainings that differ in their networks, losses, optimisers and memory. */
export const cases: readonly Case[] = [
  ['bce, weighed', one, { loss: { kind: 'bce', classWeights: [1, 3] }, optimiser: sgd }],
  ['dice', one, { loss: { kind: 'dice' }, optimiser: sgd }],
  ['bce+dice', one, { loss: { kind: 'bce+dice' }, optimiser: sgd }],
  ['focal', one, { loss: { kind: 'focal' }, optimiser: sgd }],
  ['tversky', one, { loss: { kind: 'tversky' }, optimiser: sgd }],
  ['dice of three', three, { loss: { kind: 'dice', classWeights: weights }, optimiser: sgd }],
  ['focal of three', three, { loss: { kind: 'focal' }, optimiser: sgd }],
  [
    'cross-entropy',
    three,
    { loss: { kind: 'cross-entropy', classWeights: weights }, optimiser: sgd },
  ],
  ['two outputs', halfSized(), { loss: { kind: 'bce', outputs: both }, optimiser: sgd }],
  ['layer scale, drop path', dropping, { loss: { kind: 'bce' }, optimiser: sgd }],
  ['adamw', one, { loss: { kind: 'bce' }, optimiser: adamw, ema: 0.9 }],
  ['nesterov', one, { loss: { kind: 'bce' }, optimiser: nesterov, clip: 0.01 }],
  ['all that is read kept', dropping, { loss: { kind: 'bce' }, optimiser: sgd, memory: 'high' }],
  ['little kept', dropping, { loss: { kind: 'bce' }, optimiser: sgd, memory: 'low' }],
  ['little kept of a U', normed, { loss: { kind: 'dice' }, optimiser: sgd, memory: 'low' }],
  ['several batches', one, { loss: { kind: 'bce' }, optimiser: adam, accumulate: 2, clip: 0.01 }],
];

/** Inputs of each function for a batch of `images`. */
export function inputsOf({ functions }: Program, images = 2) {
  const names = new Set(functions.train!.inputs.map(({ name }) => name));
  const channels = functions.predict!.inputs[0]!.value.type.shape[3]!.q.n;
  const classes = functions.predict!.outputs[0]!.value.type.shape[3]!.q.n;
  const all = {
    image: around([images, 4, 6, channels], 1),
    mask: bits([images, 4, 6, 1], 2),
    classes: classes === 1 ? bits([images, 4, 6, 1], 2) : oneHot([images, 4, 6, classes], 2),
    fov: bits([images, 4, 6, 1], 3),
    learningRate: listed([], [0.1]),
    seed: int(0),
  };
  return (fn: Graph) =>
    Object.fromEntries(
      Object.entries(all).filter(
        ([name]) => names.has(name) && fn.inputs.some((input) => input.name === name),
      ),
    );
}
