import { describe, expect, it } from 'vitest';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { print } from '../../../src/compiler/ir/print.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { optimise } from '../../../src/compiler/passes/passes.js';
import { expectGolden } from '../golden.js';
import { around, bits, listed, oneHot } from '../ops/cases/case.js';
import { gradientError } from './differences.js';
import { initialVariables, scalar } from './feeds.js';
import { pixelClassifier, recurrent, tinyU, twoHeads } from './networks.js';
import { trainingStep } from './stages.js';

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const bce = { kind: 'bce' } as const;
const scalars = { learningRate: scalar(0.01), seed: scalar(3) };

describe('the gradient of a whole network agrees with central differences', () => {
  it('through a U with batch norm, pooling, upsampling and a skip', () => {
    const graph = trainingStep(tinyU(), { loss: bce, optimiser: adam, inspect: true });
    const inputs = { image: around([2, 4, 6, 2], 1), mask: bits([2, 4, 6, 1], 2), ...scalars };
    expect(gradientError(graph, inputs)).toBeLessThan(1e-7);
  });

  it('through a kernel and a batch norm that two steps share, dropout and a weighted loss', () => {
    const loss = { kind: 'cross-entropy', weight: 'fov' } as const;
    const graph = trainingStep(recurrent(), { loss, optimiser: adam, inspect: true });
    const inputs = {
      image: around([2, 3, 5, 2], 3),
      classes: oneHot([2, 3, 5, 3], 4),
      fov: bits([2, 3, 5, 1], 5),
      ...scalars,
    };
    expect(gradientError(graph, inputs)).toBeLessThan(1e-7);
  });
});

/** Calls `graph` `steps` times on the same batch, each on the variables the last one left. */
function train(graph: Graph, inputs: Tensors, start: Tensors, steps: number) {
  let variables = start;
  const losses: number[] = [];
  for (let step = 0; step < steps; step++) {
    const { outputs, updates } = interpret(graph, { inputs, variables });
    losses.push(outputs.loss!.data[0]!);
    variables = { ...variables, ...updates };
  }
  return { losses, variables };
}

/** Logistic regression of t on x, descended by `move`, in plain arithmetic. */
function regression(
  [x, t]: readonly Tensor[],
  start: readonly [number, number],
  steps: number,
  move: (w: number[], g: number[], step: number) => number[],
) {
  let w = [...start];
  const losses: number[] = [];
  const mean = (values: number[]): number => values.reduce((a, b) => a + b) / values.length;
  for (let step = 0; step < steps; step++) {
    const p = [...x!.data].map((xi) => 1 / (1 + Math.exp(-(w[0]! * xi + w[1]!))));
    const target = [...t!.data];
    losses.push(-mean(p.map((pi, i) => Math.log(target[i] === 1 ? pi : 1 - pi))));
    const error = p.map((pi, i) => pi - target[i]!);
    w = move(w, [mean(error.map((e, i) => e * x!.data[i]!)), mean(error)], step);
  }
  return { losses, w };
}

describe('three steps of training', () => {
  const image = around([1, 3, 5, 1], 6);
  const mask = bits([1, 3, 5, 1], 7);
  const inputs = { image, mask, learningRate: scalar(0.1), seed: scalar(0) };

  it.each([
    ['Adam', adam, adamFormula],
    ['SGD', { kind: 'sgd', momentum: 0 } as const, momentumFormula(0)],
    ['SGD with momentum', { kind: 'sgd', momentum: 0.9 } as const, momentumFormula(0.9)],
  ] as const)('of %s give the losses and weights of the formulas', (_, optimiser, formula) => {
    const graph = optimise(trainingStep(pixelClassifier(), { loss: bce, optimiser }));
    const start = {
      ...initialVariables(graph),
      'Conv/kernel': listed([1, 1, 1, 1], [0.5]),
      'Conv/bias': listed([1], [-0.25]),
    };
    const plain = regression([image, mask], [0.5, -0.25], 3, formula());
    const { losses, variables } = train(graph, inputs, start, 3);
    losses.forEach((loss, i) => {
      expect(loss).toBeCloseTo(plain.losses[i]!, 12);
    });
    expect(variables['Conv/kernel']!.data[0]).toBeCloseTo(plain.w[0]!, 12);
    expect(variables['Conv/bias']!.data[0]).toBeCloseTo(plain.w[1]!, 12);
    expect(variables['optimizer/step']!.data[0]).toBe(3);
  });
});

function adamFormula() {
  const m = [0, 0];
  const v = [0, 0];
  return (w: number[], g: number[], step: number): number[] =>
    w.map((wi, i) => {
      m[i] = 0.9 * m[i]! + 0.1 * g[i]!;
      v[i] = 0.999 * v[i]! + 0.001 * g[i]! * g[i]!;
      const unbiased = m[i] / (1 - 0.9 ** (step + 1));
      const deviation = Math.sqrt(v[i] / (1 - 0.999 ** (step + 1)));
      return wi - (0.1 * unbiased) / (deviation + 1e-8);
    });
}

function momentumFormula(momentum: number) {
  return () => {
    const velocity = [0, 0];
    return (w: number[], g: number[]): number[] =>
      w.map((wi, i) => {
        velocity[i] = momentum * velocity[i]! + g[i]!;
        return wi - 0.1 * velocity[i];
      });
  };
}

describe('the graph of a training step', () => {
  const weighted = { kind: 'cross-entropy', weight: 'fov' } as const;
  it.each([
    ['pixel-classifier', pixelClassifier(), bce, { kind: 'sgd', momentum: 0.9 } as const],
    ['tiny-u', tinyU(), bce, adam],
    ['recurrent', recurrent(), weighted, adam],
  ] as const)('of %s reads as its golden', (name, model, loss, optimiser) => {
    const graph = optimise(trainingStep(model, { loss, optimiser }));
    expect(verify(graph)).toEqual([]);
    expectGolden(`${name}.train.txt`, print(graph));
  });

  it('has the logits and gradients as outputs only when asked', () => {
    const names = (inspect: boolean) =>
      trainingStep(pixelClassifier(), { loss: bce, optimiser: adam, inspect }).outputs.map(
        ({ name }) => name,
      );
    expect(names(false)).toEqual(['loss']);
    expect(names(true)).toEqual(['loss', 'logits', 'grad/Conv/kernel', 'grad/Conv/bias']);
  });

  it('leaves weights alone that the loss does not depend on', () => {
    const loss = { kind: 'bce', output: 'mask' } as const;
    const graph = trainingStep(twoHeads(), { loss, optimiser: adam });
    expect(graph.variables.map(({ path }) => path)).not.toContain('other/kernel');
    expect(graph.updates.map(({ path }) => path)).toContain('main/kernel');
  });
});
