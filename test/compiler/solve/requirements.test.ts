import { expect, test } from 'vitest';
import { compileModel } from '../../../src/compiler/compile.js';
import { printSize } from '../../../src/compiler/sizes/size.js';
import { requirementWords } from '../../../src/compiler/solve/requirement-words.js';
import { requirementsOf } from '../../../src/compiler/solve/requirements.js';

const u = (padding: string): string => `
block Twice(c) (x) {
  x -> Conv(c, padding: "${padding}") -> Conv(c, padding: "${padding}")
}
block U(c, depth) (x) {
  let here = x -> Twice(c)
  if depth == 0 { here } else {
    let up = here -> maxPool(2) -> U(c, depth - 1) -> upsample(2)
    ((here, up) -> cropLike, up) -> concat -> Twice(c)
  }
}
model Net(depth = 4) {
  input image: [N, H, W, 1]
  output mask = image -> U(2, depth)
}`;

function requirements(text: string) {
  const reader = {
    read: (path: string) => ({ path, text }),
    resolve: (_: string, specifier: string) => specifier,
  };
  const { graph, diagnostics } = compileModel('main.net', reader);
  if (!graph) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return requirementsOf(graph);
}

const words = (text: string): string => requirementWords(requirements(text));
const model = (output: string, input = '[N, H, W, 1]'): string =>
  `model Net {\n  input image: ${input}\n  output mask = image -> ${output}\n}`;

test('symbols that ask for the same stand together, and those that ask for nothing are left out', () => {
  expect(words(u('same'))).toBe('H and W are multiples of 16');
  expect(words(model('maxPool([2, 3])'))).toBe('H is a multiple of 2; W is a multiple of 3');
  expect(words(model('maxPool(2)', '[N, S, S, 1]'))).toBe('S is a multiple of 2');
});

test('a tensor of which only the sizes are read is to have whole ones', () => {
  expect(words(model('maxPool(2) -> Learned'))).toBe('H and W are multiples of 2');
  expect(words(model('maxPool(3) -> zeros(2)'))).toBe('H and W are multiples of 3');
});

test('where nothing is asked it says so', () => {
  expect(words(model('relu'))).toBe('N, H and W are any size');
  expect(words(model('relu', '[1, 8, 8, 1]'))).toBe('the sizes of its inputs are fixed');
});

test('the U-Net of 2015 takes 16k + 12, from 188 on: below, its deepest map has nothing left', () => {
  const text = u('valid');
  expect(words(text)).toBe('H and W = 16k + 12, from 188 on (188, 204, 220, ...)');
  const [, first] = requirements(text);
  expect(first!.remainder).toBe(12);
  // Down: 188, 184, 92, 88, 44, 40, 20, 16, 8, 4; up: 8, 4, 8, 4, 8, 4, 8, 4. One step less leaves 3 - 4.
  expect(first!.least).toBe(188);
  expect(
    text.slice(first!.vanishes?.origin?.site.start, first!.vanishes?.origin?.site.end),
  ).toContain('Conv');
});

test('a window that only takes from the border asks for a least size alone', () => {
  expect(words(model('Conv(1, kernel: 5, padding: "valid")'))).toBe('H and W are 5 or more');
});

test('each depth of a U asks for its own, and the deepest alone decides', () => {
  const [, height] = requirements(u('same'));
  expect(height!.lines.map(({ size, decisive }) => [printSize(size), decisive])).toEqual([
    ['H/2', false],
    ['H/4', false],
    ['H/8', false],
    ['H/16', true],
  ]);
  const depths = height!.lines.map(({ origin }) => origin?.parent?.depth);
  expect(depths).toEqual([0, 1, 2, 3]);
});

test('two lines decide together where neither asks for what the other does', () => {
  const text = `model Net {
    input image: [N, H, W, 1]
    output halves = image -> maxPool(2)
    output thirds = image -> maxPool(3)
    output sixths = image -> maxPool(2) -> maxPool(3)
    output again = image -> maxPool(2)
  }`;
  const [, first] = requirements(text);
  expect(first!.modulus).toBe(6);
  expect(first!.lines.map(({ size, decisive }) => [printSize(size), decisive])).toEqual([
    ['H/2', true],
    ['H/3', true],
  ]);
});
