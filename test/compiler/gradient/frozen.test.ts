import { describe, expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { around, between, bits } from '../ops/cases/case.js';
import { centralDifferences } from '../ops/harness.js';
import { initialVariables, scalar } from './feeds.js';
import { tinyU } from './networks.js';
import { trainingStep } from './stages.js';

const adam = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-8 } as const;
const options = { loss: { kind: 'bce' }, optimiser: adam, inspect: true } as const;
const inputs = {
  image: around([2, 4, 6, 2], 1),
  mask: bits([2, 4, 6, 1], 2),
  learningRate: scalar(0.01),
  seed: scalar(3),
};

describe('a network of which the first batch norm is frozen', () => {
  const isFrozen = (path: string) => path.startsWith('BatchNorm/');
  const graph = trainingStep(tinyU(), { ...options, isFrozen });
  /** Moments that are not the batch's. */
  const variables: Tensors = {
    ...initialVariables(graph),
    'BatchNorm/mean': around([3], 4),
    'BatchNorm/variance': between([3], 0.5, 2, 5),
    'BatchNorm/scale': between([3], 0.5, 2, 6),
  };

  it('has the gradient of every other weight, also of those before it', () => {
    expect(verify(graph)).toEqual([]);
    const { outputs } = interpret(graph, { inputs, variables });
    const free = ['Conv/kernel', 'Conv/bias', 'below/kernel', 'head/kernel', 'head/bias'];
    for (const path of free) {
      const numeric = centralDifferences(graph, inputs, path, variables);
      const gradient = outputs[`grad/${path}`]!.data;
      const greatest = Math.max(...[...numeric].map(Math.abs));
      for (const [i, derivative] of [...numeric].entries()) {
        expect(Math.abs(gradient[i]! - derivative)).toBeLessThan(1e-7 * greatest);
      }
    }
  });

  it('neither moves nor keeps anything of it', () => {
    expect(graph.outputs.map(({ name }) => name)).not.toContain('grad/BatchNorm/scale');
    const updated = graph.updates.map(({ path }) => path);
    expect(updated.filter((path) => path.includes('BatchNorm'))).toEqual([]);
    expect(updated).toContain('Conv/kernel');
    const kept = graph.variables.map(({ path }) => path);
    expect(kept.filter((path) => path.startsWith('optimizer/BatchNorm'))).toEqual([]);
  });

  it('trains with the loss that it validates with, as its stored moments are used in both', () => {
    const { functions } = buildProgram(tinyU(), { ...options, isFrozen, validate: true });
    const loss = (name: string): number =>
      interpret(functions[name]!, { inputs, variables }).outputs.loss!.data[0]!;
    expect(loss('train')).toBeCloseTo(loss('validate'), 12);
    const moving = buildProgram(tinyU(), options).functions.train!;
    const start = { ...initialVariables(moving), ...variables };
    const other = interpret(moving, { inputs, variables: start }).outputs.loss!.data[0]!;
    expect(Math.abs(other - loss('train'))).toBeGreaterThan(1e-3);
    // All moments are frozen, so that none are estimated again.
    expect(Object.keys(functions)).not.toContain('moments');
  });
});

it('weights that are frozen without their moments train as the batch norm of PyTorch does in train()', () => {
  const isFrozen = (path: string) => /BatchNorm\/(scale|shift)$/.test(path);
  const graph = trainingStep(tinyU(), { ...options, isFrozen });
  const updated = graph.updates.map(({ path }) => path);
  expect(updated).toContain('BatchNorm/mean');
  expect(updated).not.toContain('BatchNorm/scale');
});
