import { expect, it } from 'vitest';
import { buildProgram } from '../../../src/compiler/compile.js';
import { scalePath, scaling, steadyPath } from '../../../src/compiler/gradient/loss-scale.js';
import { interpret } from '../../../src/compiler/interpret/interpret.js';
import type { Program } from '../../../src/compiler/ir/graph.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import { initialState } from '../../../src/runtime/engines/initial-state.js';
import { inDouble } from '../../../src/runtime/engines/reference.js';
import { around, bits, int, listed } from '../ops/cases/case.js';
import { withAllState as plain, tinyU } from './networks.js';

const mixed = { ...plain, mixed: true };

type State = Record<string, Tensor>;
const startOf = (program: Program): State => inDouble(initialState(program, 7));
const scalar = (value: number): Tensor => ({ shape: [], data: Float64Array.of(value) });

/** Calls one function after the other, each on a batch of its own. */
function run(program: Program, state: State, calls: readonly string[]): State {
  let variables = state;
  calls.forEach((fn, i) => {
    const batch = { image: around([2, 6, 4, 2], 10 + i), mask: bits([2, 6, 4, 1], 20 + i) };
    const rate: State = fn === 'train' ? { learningRate: listed([], [0.01]) } : {};
    const inputs = { ...batch, ...rate, seed: int(3) };
    variables = {
      ...variables,
      ...interpret(program.functions[fn]!, { inputs, variables }).updates,
    };
  });
  return variables;
}

/** By such a scale, gradients do not fit float32. */
const tooLarge = 2 ** 200;

it('trains exactly as without a scale in exact arithmetic: the scale is a power of two', () => {
  const [without, scaled] = [buildProgram(tinyU(), plain), buildProgram(tinyU(), mixed)];
  const calls = ['accumulate', 'train', 'accumulate', 'train'];
  const expected = run(without, startOf(without), calls);
  const state = run(scaled, startOf(scaled), calls);
  for (const [path, { data }] of Object.entries(expected)) {
    expect([...state[path]!.data], path).toEqual([...data]);
  }
  expect([...state[scalePath]!.data, ...state[steadyPath]!.data]).toEqual([scaling.first, 2]);
});

it('skips a step whose gradients are not finite, halves the scale and sums anew', () => {
  const program = buildProgram(tinyU(), mixed);
  const before = run(program, startOf(program), ['accumulate', 'train']);
  const scaled = { ...before, [scalePath]: scalar(tooLarge) };
  const skipped = run(program, scaled, ['accumulate', 'train']);
  const moments = program.variables.filter(({ kind }) => kind === 'moment');
  for (const [path, { data }] of Object.entries(before)) {
    const now = [...skipped[path]!.data];
    if (path === scalePath) expect(now).toEqual([tooLarge / 2]);
    else if (path === steadyPath) expect(now).toEqual([0]);
    // They are of the forward pass.
    else if (moments.some((one) => one.path === path)) expect(now).not.toEqual([...data]);
    else expect(now, path).toEqual([...data]);
  }
  const again = { ...skipped, [scalePath]: scalar(scaling.first) };
  const after = run(program, again, ['accumulate', 'train']);
  expect(after[steadyPath]!.data[0]).toBe(1);
  expect(after['Conv/kernel']!.data).not.toEqual(skipped['Conv/kernel']!.data);
});

it('keeps what is not a number out of all that a skipped step leaves', () => {
  const program = buildProgram(tinyU(), { ...mixed, accumulate: 1 });
  const given = { [scalePath]: scalar(Number.POSITIVE_INFINITY) };
  const skipped = run(program, { ...startOf(program), ...given }, ['train']);
  const { [scalePath]: _, ...others } = skipped;
  expect(Object.values(others).every(({ data }) => data.every(Number.isFinite))).toBe(true);
});

it('doubles the scale after so many steps without a skipped one, up to a limit', () => {
  const program = buildProgram(tinyU(), { ...mixed, accumulate: 1 });
  const after = (scale: number, steady: number) => {
    const given = { [scalePath]: scalar(scale), [steadyPath]: scalar(steady) };
    const state = run(program, { ...startOf(program), ...given }, ['train']);
    return [state[scalePath]!.data[0], state[steadyPath]!.data[0]];
  };
  expect(after(8, scaling.interval - 2)).toEqual([8, scaling.interval - 1]);
  expect(after(8, scaling.interval - 1)).toEqual([16, 0]);
  expect(after(scaling.most, scaling.interval - 1)).toEqual([scaling.most, 0]);
  expect(after(tooLarge, 5)).toEqual([tooLarge / 2, 0]);
});
