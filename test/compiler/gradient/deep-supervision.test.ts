import { describe, expect, it } from 'vitest';
import { lossWords } from '../../../src/compiler/diagnostics/messages/losses.js';
import { LossError, type LossOptions } from '../../../src/compiler/gradient/loss.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { around, bits, listed } from '../ops/cases/case.js';
import { gradientError } from './differences.js';
import { initialVariables, scalar } from './feeds.js';
import { deepSupervision, halfSized, twoHeads } from './networks.js';
import { trainingStep } from './stages.js';

const scalars = { learningRate: scalar(0.1), seed: scalar(0) };
const optimiser = { kind: 'sgd', momentum: 0 } as const;
const image = around([1, 4, 6, 1], 1);
const mask = bits([1, 4, 6, 1], 2);
const fov = bits([1, 4, 6, 1], 3);

const step = (model: Graph, loss: LossOptions) =>
  trainingStep(model, { loss, optimiser, inspect: true });

function run(graph: Graph, inputs: Parameters<typeof interpret>[1]['inputs']) {
  return interpret(graph, { inputs: { ...inputs, ...scalars }, variables: initialVariables(graph) })
    .outputs;
}

describe('a loss of several outputs', () => {
  it('is the sum of their losses, each times its factor', () => {
    const model = deepSupervision();
    const alone = (name: string): number => {
      const graph = step(model, { kind: 'dice', output: name });
      return run(graph, { image, [name]: mask }).loss!.data[0]!;
    };
    const parts = ['masks[0]', 'masks[1]', 'masks[2]'].map(alone);
    const outputs = { 'masks[2]': 1, 'masks[0]': 0.25 };
    const some = run(step(model, { kind: 'dice', outputs }), { image, 'masks[2]': mask });
    expect(some.loss!.data[0]).toBeCloseTo(parts[2]! + 0.25 * parts[0]!, 12);
    const all = run(step(model, { kind: 'dice', outputs: { masks: 0.5 } }), { image, masks: mask });
    expect(all.loss!.data[0]).toBeCloseTo((parts[0]! + parts[1]! + parts[2]!) / 2, 12);
  });

  it('holds a smaller one to the share of foreground among the pixels that count', () => {
    const loss = { kind: 'bce', outputs: { aux: 0.4 }, target: 'mask', weight: 'fov' } as const;
    const outputs = run(step(halfSized(), loss), { image, mask, fov });
    let [sum, total] = [0, 0];
    for (let row = 0; row < 2; row++) {
      for (let column = 0; column < 3; column++) {
        const places = [0, 1, 6, 7].map((i) => row * 12 + column * 2 + i);
        const counted = places.filter((i) => fov.data[i] === 1);
        const t = counted.filter((i) => mask.data[i] === 1).length / Math.max(1, counted.length);
        const x = outputs['logits/aux']!.data[row * 3 + column]!;
        const each = t * Math.log(1 + Math.exp(-x)) + (1 - t) * Math.log(1 + Math.exp(x));
        sum += counted.length * each;
        total += counted.length;
      }
    }
    expect(outputs.loss!.data[0]).toBeCloseTo((0.4 * sum) / total, 12);
  });

  it('has the gradients that central differences find, through both sizes', () => {
    const loss = { kind: 'bce+dice', outputs: { mask: 1, aux: 0.4 }, weight: 'fov' } as const;
    const graph = step(halfSized(), loss);
    expect(gradientError(graph, { image, mask, fov, ...scalars })).toBeLessThan(1e-7);
  });
});

describe('several outputs that can not be joined', () => {
  const twice = { masks: 1, 'masks[1]': 2 };
  it.each([
    [halfSized(), { outputs: { mask: 1, aus: 1 } }, 'no output aus; it has mask, aux', 'mean aux?'],
    [deepSupervision(), { outputs: twice }, 'names masks[1] twice', 'leave out'],
    [halfSized(), { outputs: { aux: 1, mask: 1 } }, "one target can't serve mask and aux", 'half'],
    [twoHeads(), {}, 'must name its output, one of mask, edge', 'outputs: {mask: 1, edge: 1}'],
    [twoHeads(), { output: 'edge' }, 'edge ends in relu', 'end the output in sigmoid'],
  ] as const)('say why, and what would do: %#', (model, options, message, way) => {
    let caught: unknown;
    try {
      step(model, { kind: 'bce', ...options });
    } catch (error) {
      caught = error;
    }
    if (!(caught instanceof LossError)) throw new Error('the loss was joined');
    expect(caught.message).toContain(message);
    expect(lossWords(caught.facts).suggestion).toContain(way);
  });

  it.each([
    ['dice', [1, 2], 'nothing to weigh'],
    ['bce', [1, 2, 3], 'mask wants 2 class weights, not 3'],
  ] as const)('nor class weights that it has no use for: %s, %j', (kind, classWeights, message) => {
    const loss = { kind, classWeights, output: 'mask' };
    expect(() => step(halfSized(), loss)).toThrow(message);
  });
});

describe('a target of shares', () => {
  it('is the mean over the pixels a smaller output stands for, without a field of view', () => {
    const quarter = listed([1, 2, 2, 1], [1, 0, 0, 0]);
    const loss = { kind: 'bce', outputs: { aux: 1 }, target: 'mask' } as const;
    const small = around([1, 2, 2, 1], 4);
    const outputs = run(step(halfSized(), loss), { image: small, mask: quarter });
    const x = outputs['logits/aux']!.data[0]!;
    const expected = 0.25 * Math.log(1 + Math.exp(-x)) + 0.75 * Math.log(1 + Math.exp(x));
    expect(outputs.loss!.data[0]).toBeCloseTo(expected, 12);
  });
});
