import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { interpret, type Tensors } from '../../../src/compiler/interpret/interpret.js';
import type { Graph } from '../../../src/compiler/ir/graph.js';
import { parse } from '../../../src/compiler/ir/parse.js';
import { print } from '../../../src/compiler/ir/print.js';
import { verify } from '../../../src/compiler/ir/verify.js';
import { biasBeforeNorm } from '../../../src/compiler/passes/bias-before-norm.js';
import { commonSubexpressions } from '../../../src/compiler/passes/common-subexpressions.js';
import { foldConstants } from '../../../src/compiler/passes/constants.js';
import { toMoments } from '../../../src/compiler/passes/mode.js';
import { optimise, passes } from '../../../src/compiler/passes/passes.js';
import { rewrite } from '../../../src/compiler/passes/rewrite.js';
import { rules } from '../../../src/compiler/passes/rules.js';
import { initialVariables, scalar } from '../gradient/feeds.js';
import { recurrent, tinyU } from '../gradient/networks.js';
import { trainingStep } from '../gradient/stages.js';
import { randomGraph } from '../ir/random-graph.js';
import { around, bits, oneHot } from '../ops/cases/case.js';

const folder = new URL('./rules/', import.meta.url);
const passed = (pass: (graph: Graph) => Graph, ...lines: string[]): string[] =>
  print(pass(parse(['graph g', 'input x %0: float[2]', ...lines].join('\n'))))
    .trimEnd()
    .split('\n')
    .slice(2);

describe('the rewrite rules', () => {
  it.each(rules)('$name turns its before into its after', (rule) => {
    const text = readFileSync(new URL(`${rule.name}.txt`, folder), 'utf8');
    const [before, wanted] = text.split('---\n');
    expect(verify(parse(before!))).toEqual([]);
    const rewritten = rewrite(parse(before!), [rule]);
    expect(verify(rewritten)).toEqual([]);
    expect(print(rewritten)).toBe(wanted);
  });

  it('are all the befores and afters there are', () => {
    const files = readdirSync(folder).map((file) => file.replace('.txt', ''));
    expect(files.sort()).toEqual(rules.map(({ name }) => name).sort());
  });
});

describe('a pass', () => {
  it.each(passes)('$name gives the same nodes where it finds nothing to do', ({ run: pass }) => {
    const nodes = ['%1: float[2] = relu(%0)', '%2: float[2] = square(%1)'];
    const graph = parse(['graph g', 'input x %0: float[2]', ...nodes, 'output y %2'].join('\n'));
    pass(graph).nodes.forEach((node, i) => {
      expect(node).toBe(graph.nodes[i]);
    });
    expect(pass(graph).nodes).toHaveLength(2);
  });

  it.each(passes)('$name leaves the graph it is given as it is', ({ run: pass }) => {
    const optimiser = { kind: 'sgd', momentum: 0 } as const;
    const graph = trainingStep(tinyU(), { loss: { kind: 'bce' }, optimiser });
    const before = print(graph);
    pass(graph);
    expect(print(graph)).toBe(before);
  });
});

describe('common subexpressions', () => {
  it('computes equal nodes once, and nodes that become equal by it', () => {
    const nodes = ['%1: float[2] = relu(%0)', '%2: float[2] = relu(%0)'];
    const squares = ['%3: float[2] = square(%1)', '%4: float[2] = square(%2)'];
    const sum = ['%5: float[2] = add(%3, %4)', 'output y %5'];
    expect(passed(commonSubexpressions, ...nodes, ...squares, ...sum)).toEqual([
      '%1: float[2] = relu(%0)',
      '%2: float[2] = square(%1)',
      '%3: float[2] = add(%2, %2)',
      'output y %3',
    ]);
  });

  it('keeps what differs in an attribute', () => {
    const nodes = [1, 2].map((n) => `%${n}: float[2] = leakyRelu(%0) {slope = 0.${n}}`);
    const lines = [...nodes, 'output y %1', 'output z %2'];
    expect(passed(commonSubexpressions, ...lines)).toEqual(lines);
  });
});

describe('constant folding', () => {
  it('computes scalars of constants, and leaves tensors', () => {
    const nodes = ['%1: float[] = constant() {value = 3}', '%2: float[] = square(%1)'];
    const rest = ['%3: float[] = neg(%2)', '%4: float[2] = mul(%0, %3)', 'output y %4'];
    expect(passed(foldConstants, ...nodes, ...rest)).toEqual([
      '%1: float[] = constant() {value = -9}',
      '%2: float[2] = mul(%0, %1)',
      'output y %2',
    ]);
  });
});

describe('a bias before a batch norm', () => {
  const vectors = ['%2: float[3]', '%3: float[3]', '%4: float[3]'];
  const head = ['graph g', 'input x %0: float[2, 4, 5, 3]', 'input g %1: float[2, 4, 5, 3]'];
  const inputs = vectors.map((vector, i) => `input v${i} ${vector}`);
  const before = [
    '%5: float[2, 4, 5, 3] = biasAdd(%0, %2)',
    '%6: float[2, 4, 5, 3], %7: float[3], %8: float[3] = batchNormTrain(%5, %3, %4) {epsilon = 0.001}',
    '%9: float[2, 4, 5, 3], %10: float[3], %11: float[3] = batchNormGradient(%1, %5, %3, %7, %8) {epsilon = 0.001}',
    '%12: float[3] = reduceSum(%9) {axes = [0, 1, 2], keepDims = false}',
    'output y %6',
    'output mean %7',
    'output dx %9',
    'output dbias %12',
  ];
  const graph = parse([...head, ...inputs, ...before].join('\n'));

  it('moves the mean alone, and its gradient is exactly 0', () => {
    const lines = print(biasBeforeNorm(graph)).trimEnd().split('\n');
    expect(lines.slice(head.length + inputs.length)).toEqual([
      '%5: float[2, 4, 5, 3], %6: float[3], %7: float[3] = batchNormTrain(%0, %3, %4) {epsilon = 0.001}',
      '%8: float[3] = add(%6, %2)',
      '%9: float[2, 4, 5, 3], %10: float[3], %11: float[3] = batchNormGradient(%1, %0, %3, %6, %7) {epsilon = 0.001}',
      '%12: float[3] = fill() {value = 0, shape = [3]}',
      'output y %5',
      'output mean %8',
      'output dx %9',
      'output dbias %12',
    ]);
  });

  it('changes no value', () => {
    const names = ['x', 'g', 'v0', 'v1', 'v2'];
    const given = Object.fromEntries(
      names.map((name, i) => [name, around(i < 2 ? [2, 4, 5, 3] : [3], i)]),
    );
    expectClose(run(biasBeforeNorm(graph), given).outputs, run(graph, given).outputs);
  });

  it('stays where something else looks at the biased map', () => {
    const shown = parse([...head, ...inputs, ...before, 'output biased %5'].join('\n'));
    expect(print(biasBeforeNorm(shown))).toContain('biasAdd');
  });
});

/** Runs `graph` on its variables as they start. */
const run = (graph: Graph, inputs: Tensors) =>
  interpret(graph, { inputs, variables: initialVariables(graph) });

function expectClose(actual: Tensors, wanted: Tensors): void {
  expect(Object.keys(actual).sort()).toEqual(Object.keys(wanted).sort());
  for (const [name, { data }] of Object.entries(wanted)) {
    const greatest = data.reduce((a, x) => Math.max(a, Math.abs(x)), 1);
    data.forEach((x, i) => {
      expect(Math.abs(actual[name]!.data[i]! - x)).toBeLessThanOrEqual(1e-12 * greatest);
    });
  }
}

describe.each(passes)('$name', ({ run: pass }) => {
  it('keeps random graphs well formed and their values', () => {
    fc.assert(
      fc.property(randomGraph, (graph) => {
        const x = around([2, 9, 2], 1);
        const variables = { 'a/w': around([2, 9, 2], 2) };
        const inputs = { x, like: around([6], 3) };
        const optimised = pass(graph);
        expect(verify(optimised)).toEqual([]);
        const wanted = interpret(graph, { inputs, variables });
        const found = interpret(optimised, { inputs, variables });
        expectClose(found.outputs, wanted.outputs);
        expectClose(found.updates, wanted.updates);
      }),
    );
  });
});

describe('all passes together', () => {
  // A gradient that is 0 but for rounding, that of a bias before a batch norm, is divided by epsilon.
  const optimiser = { kind: 'adam', beta1: 0.9, beta2: 0.999, epsilon: 1e-3 } as const;
  const scalars = { learningRate: scalar(0.01), seed: scalar(1) };
  const loss = { kind: 'cross-entropy' } as const;
  it.each([
    [
      'a U',
      trainingStep(tinyU(), { loss: { kind: 'bce' }, optimiser }),
      { image: around([2, 4, 6, 2], 1), mask: bits([2, 4, 6, 1], 2), ...scalars },
    ],
    [
      'a recurrent network',
      trainingStep(recurrent(), { loss, optimiser }),
      { image: around([2, 3, 5, 2], 3), classes: oneHot([2, 3, 5, 3], 4), ...scalars },
    ],
    [
      'its moments',
      toMoments(recurrent()).finish(recurrent().symbols),
      { image: around([2, 3, 5, 2], 3), seed: scalar(1), fraction: scalar(0.5) },
    ],
  ])('keep loss and updates of %s', (_, graph, inputs) => {
    for (const { run: pass } of passes) expect(verify(pass(graph))).toEqual([]);
    const optimised = optimise(graph);
    expect(optimised.nodes.length).toBeLessThan(graph.nodes.length);
    expectClose(run(optimised, inputs).updates, run(graph, inputs).updates);
    expectClose(run(optimised, inputs).outputs, run(graph, inputs).outputs);
  });
});
