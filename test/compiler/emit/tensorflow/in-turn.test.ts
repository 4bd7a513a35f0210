import { expect, it } from 'vitest';
import { inTurn } from '../../../../src/compiler/emit/tensorflow/in-turn.js';
import { parse } from '../../../../src/compiler/ir/parse.js';

const step = (...lines: string[]) =>
  parse(['graph g', 'symbols N', 'input x %0: float[N, 2, 2, 1]', ...lines].join('\n'));
const image = 'float[N, 2, 2, 1]';

it('puts in turn what is computed over images behind the first `after`', () => {
  const graph = step(
    `%1: ${image} = relu(%0)`,
    `%2: ${image} = after(%0, %1)`,
    `%3: ${image} = relu(%2)`,
    '%4: float[] = reduceSum(%3) {axes = [0, 1, 2, 3], keepDims = false}',
    `%5: ${image} = reluGradient(%1, %3)`,
    'output y %5',
    'output sum %4',
  );
  const ops = [...inTurn(graph)].map(({ results }) => results[0]!.id);
  expect(ops).toEqual([3, 5]);
});

it('leaves a graph without one to TensorFlow', () => {
  expect(inTurn(step(`%1: ${image} = relu(%0)`, 'output y %1')).size).toBe(0);
});
