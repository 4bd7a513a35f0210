import { describe, expect, it } from 'vitest';
import type { LossOptions } from '../../../src/compiler/gradient/loss.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { around, between, bits, listed, oneHot } from '../ops/cases/case.js';
import { gradientError } from './differences.js';
import { initialVariables, scalar } from './feeds.js';
import { binary, dice, mean, meanOfTrue, pixelsOf, tversky } from './formulas.js';
import { classifier } from './networks.js';
import { trainingStep } from './stages.js';

const step = (model: Graph, loss: LossOptions): Graph =>
  trainingStep(model, { loss, optimiser: { kind: 'sgd', momentum: 0 }, inspect: true });

const scalars = { learningRate: scalar(0.1), seed: scalar(0) };
const image = around([2, 3, 5, 2], 1);
const weight = between([2, 3, 5, 1], 0, 1, 3);
const targets = {
  sigmoid: (channels: number) => bits([2, 3, 5, channels], 2),
  softmax: (channels: number) => oneHot([2, 3, 5, channels], 2),
};

type Pixels = ReturnType<typeof pixelsOf>;
type Case = readonly [
  channels: number,
  end: 'sigmoid' | 'softmax',
  loss: LossOptions,
  formula: (pixels: Pixels) => number,
];

const focused = (alpha: number, gamma: number) => (p: number, t: number) =>
  -alpha * t * (1 - p) ** gamma * Math.log(p) -
  (1 - alpha) * (1 - t) * p ** gamma * Math.log(1 - p);

const cases: readonly Case[] = [
  [1, 'sigmoid', { kind: 'bce' }, (px) => mean(px, binary)],
  [3, 'sigmoid', { kind: 'bce' }, (px) => mean(px, binary)],
  [
    1,
    'sigmoid',
    { kind: 'bce', classWeights: [0.5, 3] },
    (px) => mean(px, binary, (t) => (t === 1 ? 3 : 0.5)),
  ],
  [
    3,
    'sigmoid',
    { kind: 'bce', classWeights: [1, 2, 4] },
    (px) => mean(px, binary, (_, c) => [1, 2, 4][c]!),
  ],
  [1, 'sigmoid', { kind: 'dice' }, (px) => dice(px, 0, 1)],
  [2, 'sigmoid', { kind: 'dice', smooth: 0.1 }, (px) => (dice(px, 0, 0.1) + dice(px, 1, 0.1)) / 2],
  [3, 'softmax', { kind: 'dice' }, (px) => (dice(px, 1, 1) + dice(px, 2, 1)) / 2],
  [
    3,
    'softmax',
    { kind: 'dice', background: true },
    (px) => (dice(px, 0, 1) + dice(px, 1, 1) + dice(px, 2, 1)) / 3,
  ],
  [
    3,
    'softmax',
    { kind: 'dice', classWeights: [9, 1, 3] },
    (px) => (dice(px, 1, 1) + 3 * dice(px, 2, 1)) / 4,
  ],
  [1, 'sigmoid', { kind: 'bce+dice' }, (px) => mean(px, binary) + dice(px, 0, 1)],
  [1, 'sigmoid', { kind: 'tversky' }, (px) => tversky(px, 0, [0.3, 0.7, 1])],
  [
    3,
    'softmax',
    { kind: 'tversky', alpha: 0.6, beta: 0.2, smooth: 2 },
    (px) => (tversky(px, 1, [0.6, 0.2, 2]) + tversky(px, 2, [0.6, 0.2, 2])) / 2,
  ],
  [1, 'sigmoid', { kind: 'focal' }, (px) => mean(px, focused(0.25, 2))],
  [
    1,
    'sigmoid',
    { kind: 'focal', gamma: 0.5, alpha: null },
    (px) => 2 * mean(px, focused(0.5, 0.5)),
  ],
  [3, 'softmax', { kind: 'focal' }, (px) => meanOfTrue(px, (p) => -((1 - p) ** 2) * Math.log(p))],
  [3, 'softmax', { kind: 'cross-entropy' }, (px) => meanOfTrue(px, (p) => -Math.log(p))],
  [
    3,
    'softmax',
    { kind: 'cross-entropy', classWeights: [1, 2, 4] },
    (px) => meanOfTrue(px, (p) => -Math.log(p), [1, 2, 4]),
  ],
  [
    3,
    'softmax',
    { kind: 'cross-entropy+dice' },
    (px) => meanOfTrue(px, (p) => -Math.log(p)) + (dice(px, 1, 1) + dice(px, 2, 1)) / 2,
  ],
];

describe.each(cases)('of %i channels of a %s, %j', (channels, end, options, formula) => {
  const model = classifier(channels, end);
  const inputs = { image, classes: targets[end](channels), ...scalars };

  it.each([false, true])('is what its formula says, with pixels weighed: %s', (weighed) => {
    const graph = step(model, weighed ? { ...options, weight: 'fov' } : options);
    const fed = weighed ? { ...inputs, fov: weight } : inputs;
    const { outputs } = interpret(graph, { inputs: fed, variables: initialVariables(graph) });
    const pixels = pixelsOf(outputs.logits!, inputs.classes, weighed ? weight : null, end);
    expect(outputs.loss!.data[0]).toBeCloseTo(formula(pixels), 12);
  });

  it('has the gradients that central differences find', () => {
    const graph = step(model, { ...options, weight: 'fov' });
    expect(gradientError(graph, { ...inputs, fov: weight })).toBeLessThan(1e-7);
  });

  it('is 0 and without a gradient where no pixel counts', () => {
    const graph = step(model, { ...options, weight: 'fov' });
    const fov = listed([2, 3, 5, 1], new Array(30).fill(0));
    const fed = { inputs: { ...inputs, fov }, variables: initialVariables(graph) };
    const { outputs } = interpret(graph, fed);
    expect(outputs.loss!.data[0]).toBe(0);
    expect([...outputs['grad/Conv/bias']!.data].every((value) => value === 0)).toBe(true);
  });

  it('stays a number where the network is very sure, right or wrong', () => {
    const graph = step(model, options);
    const sure = listed(
      [2, 3, 5, 2],
      [...image.data].map((x) => Math.sign(x) * 3e4),
    );
    const fed = { inputs: { ...inputs, image: sure }, variables: initialVariables(graph) };
    const { outputs } = interpret(graph, fed);
    for (const name of ['loss', 'grad/Conv/kernel', 'grad/Conv/bias']) {
      expect([...outputs[name]!.data].every(Number.isFinite), name).toBe(true);
    }
  });
});
