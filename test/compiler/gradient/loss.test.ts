import { describe, expect, it } from 'vitest';
import type { LossOptions } from '../../../src/compiler/gradient/loss.js';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { around, bits, listed } from '../ops/cases/case.js';
import { initialVariables, scalar } from './feeds.js';
import { deepSupervision, pixelClassifier, recurrent, twoHeads } from './networks.js';
import { trainingStep } from './stages.js';

const step = (model: Graph, loss: LossOptions): Graph =>
  trainingStep(model, { loss, optimiser: { kind: 'sgd', momentum: 0 }, inspect: true });

const image = around([1, 3, 5, 1], 1);
const mask = bits([1, 3, 5, 1], 2);
const scalars = { learningRate: scalar(0.1), seed: scalar(0) };

function run(graph: Graph, inputs: Tensors) {
  const { outputs } = interpret(graph, { inputs, variables: initialVariables(graph) });
  return { loss: outputs.loss!.data[0], outputs };
}

/** Mean of -log of the probability given to the target, over the pixels of weight 1. */
function meanCrossEntropy(
  logits: Float64Array,
  target: Float64Array,
  weight: Float64Array = target.map(() => 1),
) {
  const each = logits.map((x, i) => Math.log(1 + Math.exp(target[i] === 1 ? -x : x)) * weight[i]!);
  return each.reduce((a, b) => a + b) / weight.reduce((a, b) => a + b);
}

describe('binary cross-entropy', () => {
  it('is the mean over all pixels, taken from the logits', () => {
    const { loss, outputs } = run(step(pixelClassifier(), { kind: 'bce' }), {
      image,
      mask,
      ...scalars,
    });
    expect(loss).toBeCloseTo(meanCrossEntropy(outputs.logits!.data, mask.data), 12);
  });

  it('is the mean over the field of view where one weights it', () => {
    const fov = bits([1, 3, 5, 1], 3);
    const graph = step(pixelClassifier(), { kind: 'bce', weight: 'fov' });
    const { loss, outputs } = run(graph, { image, mask, fov, ...scalars });
    expect(loss).toBeCloseTo(meanCrossEntropy(outputs.logits!.data, mask.data, fov.data), 12);
  });

  it('is 0, with gradients of 0, on patches outside the field of view', () => {
    const fov = listed([1, 3, 5, 1], new Array(15).fill(0));
    const graph = step(pixelClassifier(), { kind: 'bce', weight: 'fov' });
    const { loss, outputs } = run(graph, { image, mask, fov, ...scalars });
    expect(loss).toBe(0);
    expect(outputs['grad/Conv/kernel']!.data[0]).toBe(0);
  });

  it('of a list of outputs is the mean over them, for one target', () => {
    const graph = step(deepSupervision(), { kind: 'bce' });
    const { loss, outputs } = run(graph, { image, masks: mask, ...scalars });
    const parts = [0, 1, 2].map((i) => meanCrossEntropy(outputs[`logits[${i}]`]!.data, mask.data));
    expect(loss).toBeCloseTo((parts[0]! + parts[1]! + parts[2]!) / 3, 12);
  });

  it('of one output of a list is of that one', () => {
    const graph = step(deepSupervision(), { kind: 'bce', output: 'masks[2]' });
    const { loss, outputs } = run(graph, { image, 'masks[2]': mask, ...scalars });
    expect(loss).toBeCloseTo(meanCrossEntropy(outputs['logits[2]']!.data, mask.data), 12);
  });
});

describe('a loss that can not be joined', () => {
  it.each([
    [twoHeads(), { kind: 'bce', output: 'edge' }, 'edge ends in relu'],
    [recurrent(), { kind: 'bce' }, 'classes ends in softmax'],
    [pixelClassifier(), { kind: 'cross-entropy' }, 'mask ends in sigmoid'],
    [twoHeads(), { kind: 'bce' }, 'one of mask, edge'],
    [twoHeads(), { kind: 'bce', output: 'masc' }, 'no output masc; it has mask, edge'],
  ] as const)('says why: %#', (model, loss, message) => {
    expect(() => step(model, loss)).toThrow(message);
  });
});
