import { expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { withProbes } from '../../../src/compiler/gradient/probes.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Program } from '../../../src/compiler/ir/graph.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { initialState } from '../../../src/runtime/engines/initial-state.js';
import { inDouble } from '../../../src/runtime/engines/reference.js';
import { around, bits, int, listed } from '../ops/cases/case.js';
import { withAllState as plain, tinyU } from './networks.js';

type State = Record<string, Tensor>;
const startOf = (program: Program): State => inDouble(initialState(program, 7));

function feeds(fn: string, i: number, isBad: boolean) {
  const image = around([2, 6, 4, 2], 10 + i);
  if (isBad) image.data[5] = Number.NaN;
  const rate: State = fn === 'train' ? { learningRate: listed([], [0.01]) } : {};
  return { image, mask: bits([2, 6, 4, 1], 20 + i), ...rate, seed: int(3) };
}

/** Calls one function after the other, each on a batch of its own; those in `bad` have a NaN. */
function run(program: Program, state: State, calls: readonly string[], bad: readonly number[]) {
  let variables = state;
  const skipped: number[] = [];
  calls.forEach((fn, i) => {
    const inputs = feeds(fn, i, bad.includes(i));
    const { updates, outputs } = interpret(program.functions[fn]!, { inputs, variables });
    variables = { ...variables, ...updates };
    if (fn === 'train') skipped.push(outputs.skipped?.data[0] ?? -1);
  });
  return { variables, skipped };
}

const steps = ['accumulate', 'train', 'accumulate', 'train'];

it.each([false, true])('trains exactly as without where all is finite (mixed: %s)', (mixed) => {
  const [without, skipping] = [
    buildProgram(tinyU(), { ...plain, mixed }),
    buildProgram(tinyU(), { ...plain, mixed, skip: true }),
  ];
  const expected = run(without, startOf(without), steps, []);
  const found = run(skipping, startOf(skipping), steps, []);
  expect(found.skipped).toEqual([0, 0]);
  expect(found.variables).toEqual(expected.variables);
});

it.each([
  ['the last batch', 3],
  ['a batch before it', 2],
])('leaves a step out where %s is not finite, and goes on as if it had not been', (_, bad) => {
  const program = buildProgram(tinyU(), { ...plain, skip: true });
  const before = run(program, startOf(program), steps.slice(0, 2), []).variables;
  const { variables, skipped } = run(program, startOf(program), steps, [bad]);
  expect(skipped).toEqual([0, 1]);
  const moments = program.variables.filter(({ kind }) => kind === 'moment');
  for (const [path, { data }] of Object.entries(before)) {
    expect(variables[path]!.data.every(Number.isFinite), path).toBe(true);
    // Running statistics are also of the step's batch that is finite.
    if (moments.some((one) => one.path === path)) continue;
    expect([...variables[path]!.data], path).toEqual([...data]);
  }
});

it('changes nothing at all where a step has one batch', () => {
  const program = buildProgram(tinyU(), { ...plain, accumulate: 1, skip: true });
  const start = startOf(program);
  const { variables, skipped } = run(program, start, ['train'], [0]);
  expect(skipped).toEqual([1]);
  expect(variables).toEqual(start);
});

it('finds the first node that is not finite, forward and in the gradient', () => {
  const program = buildProgram(tinyU(), plain);
  const { graph, probes } = withProbes(program.functions.train!);
  const variables = startOf(program);
  const counted = (inputs: State): string | undefined => {
    const { outputs, updates } = interpret(graph, { inputs, variables });
    expect(updates).toEqual({});
    return probes.find(({ output }) => outputs[output]!.data[0]! > 0)?.node.op.name;
  };
  expect(counted(feeds('train', 0, false))).toBeUndefined();
  expect(counted(feeds('train', 0, true))).toBe('conv');
  const rate = {
    ...feeds('train', 0, false),
    learningRate: listed([], [Number.POSITIVE_INFINITY]),
  };
  expect(counted(rate)).toBe('adam');
});
