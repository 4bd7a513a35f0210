import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { buildProgram, compileModel } from '../../../src/compiler/compile.js';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph, Program } from '../../../src/compiler/ir/graph.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { inTowers, programInTowers, towersOf } from '../../../src/compiler/passes/towers/towers.js';
import { diskReader } from '../../../src/runtime/files/source-reader.js';
import { cases, inputsOf } from '../../agreement/training-cases.js';
import { initialVariables } from '../gradient/feeds.js';
import { around } from '../ops/cases/case.js';

/** The largest difference over the largest magnitude of `expected`, where that is above 1; NaN where one has a NaN. */
function difference(found: Tensor, expected: Tensor): number {
  expect(found.shape).toEqual(expected.shape);
  let [most, greatest] = [0, 1];
  expected.data.forEach((value, i) => {
    most = Math.max(most, Math.abs(value - found.data[i]!));
    greatest = Math.max(greatest, Math.abs(value));
  });
  return most / greatest;
}

const sgd = { kind: 'sgd', momentum: 0 } as const;

/** Outputs and variables after the steps of `program` in float64. */
function trained(program: Program, order: readonly string[], images: number) {
  const inputs = inputsOf(program, images);
  let variables: Tensors = initialVariables(program);
  let outputs: Tensors = {};
  for (const name of order) {
    const fn = program.functions[name]!;
    const found = interpret(fn, { inputs: inputs(fn), variables });
    variables = { ...variables, ...found.updates };
    outputs = found.outputs;
  }
  return { ...variables, ...outputs };
}

/** Holds all that `order` leaves, of a batch of six images, to what one tower leaves. */
function expectSame(program: Program, towers: number, order: readonly string[]): void {
  const divided = programInTowers(program, towers);
  expect(towersOf(divided)).toBe(towers);
  for (const graph of Object.values(divided.functions)) expect(verify(graph)).toEqual([]);
  const expected = trained(program, order, 6);
  const found = trained(divided, order, 6);
  expect(Object.keys(found).sort()).toEqual(Object.keys(expected).sort());
  for (const [path, tensor] of Object.entries(expected))
    expect(difference(found[path]!, tensor), path).toBeLessThan(1e-12);
}

describe('two steps over several towers are those of the whole batch', () => {
  describe.each([2, 3])('%i towers', (towers) => {
    it.each(cases)('%s', (_, model, options) => {
      const loss = { ...options.loss, weight: 'fov' };
      const program = buildProgram(model, { ...options, loss, inspect: true, skip: true });
      const once = (options.accumulate ?? 1) > 1 ? ['accumulate', 'train'] : ['train'];
      expectSame(program, towers, [...once, ...once]);
    });
  });
});

it('a scaled loss is that of the whole batch too', () => {
  const [, model, options] = cases.find(([name]) => name === 'little kept of a U')!;
  expectSame(buildProgram(model, { ...options, mixed: true }), 2, ['train', 'train']);
});

describe('every shipped network can be divided', () => {
  const files = readdirSync('models').filter((file) => file.endsWith('.net'));
  it.each(files)('%s', (file) => {
    const { graph } = compileModel(`models/${file}`, diskReader());
    const program = buildProgram(graph!, { loss: { kind: 'bce' }, optimiser: sgd });
    const { functions } = programInTowers(program, 2);
    expect(verify(functions.train!)).toEqual([]);
    expect(functions.predict).toBe(program.functions.predict);
  });
});

describe('what is computed once and what by each tower', () => {
  const program = buildProgram(cases[0]![1], cases[0]![2]);
  const { nodes, symbols } = programInTowers(program, 2).functions.train!;
  const towersWith = (name: string) =>
    nodes.filter(({ op }) => op.name === name).map(({ tower }) => tower);

  it('convolutions and their gradients are a tower’s, the optimiser is there once', () => {
    expect(towersWith('conv')).toEqual([0, 1]);
    expect(towersWith('convKernelGradient')).toEqual([0, 1]);
    expect(towersWith('sgd').every((tower) => tower === undefined)).toBe(true);
  });

  it('the batch has to divide evenly', () => {
    expect(symbols).toContainEqual({ symbol: 'N', modulus: 2, remainder: 0 });
  });
});

const graphOf = (...lines: string[]): Graph => parse(`graph g\n${lines.join('\n')}\n`);

it('the greatest over the batch is that of all towers', () => {
  const graph = graphOf(
    'symbols N',
    'input x %0: float[N, 3]',
    '%1: float[3] = reduceMax(%0) {axes = [0], keepDims = false}',
    'output y %1',
  );
  const feeds = { inputs: { x: around([4, 3], 1) }, variables: {} };
  const found = interpret(inTowers(graph, 2), feeds);
  expect(found).toEqual(interpret(graph, feeds));
});

describe('a batch is refused', () => {
  it.each([
    [
      'that is a number',
      graphOf('input x %0: float[4, 3]', '%1: float[4, 3] = relu(%0)', 'output y %1'),
      'g has no batch that can be divided',
    ],
    [
      'whose images are joined',
      graphOf(
        'symbols N',
        'input x %0: float[N, 3]',
        '%1: float[2N, 3] = concat(%0, %0) {axis = 0}',
        'output y %1',
      ),
      'a tensor has the batch N elsewhere than as its first axis',
    ],
    [
      'that becomes another axis',
      graphOf(
        'symbols N',
        'input x %0: float[N, 3]',
        '%1: float[3, N] = reshape(%0) {shape = [3, N]}',
        'output y %1',
      ),
      'a tensor has the batch N elsewhere than as its first axis',
    ],
  ])('%s', (_, graph, message) => {
    expect(() => inTowers(graph, 2)).toThrow(message);
  });
});
