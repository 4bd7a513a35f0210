import { expect, test } from 'vitest';
import { diagnosticsOf, modelOf } from '../expand/texts.js';

const tooDeep = ['NET0016: too many expressions stand inside each other'];
const nested = (before: string, inner: string, after: string) => (n: number) =>
  before.repeat(n) + inner + after.repeat(n);

test.each([
  ['brackets', nested('(', 'image', ')')],
  ['lists', (n: number) => `${nested('[', 'image', ']')(n)} -> concat`],
  ['choices', nested('if true { ', 'image', ' } else { image }')],
  ['choices in a row', nested('if false { image } else ', '{ image }', '')],
  ['loops in heads', nested('for x in ', '[image]', ' { x }')],
  ['stages', nested('', 'image', ' -> relu')],
  ['sums', nested('', 'image', ' + image')],
  ['signs', (n: number) => `(${nested('-', 'image', '')(n)})`],
  ['calls', (n: number) => `image -> relu(slope: ${nested('', 'Conv', '()')(n)})`],
  ['attributes', (n: number) => `[image]${nested('', '', '.rest')(n)}`],
])('grammar-4: %s far too deep are one error, not the end of the stack', (_, text) => {
  expect(diagnosticsOf(modelOf(text(5_000)))).toEqual(tooDeep);
});

test.each([
  ['brackets', nested('(', 'image', ')'), 60],
  ['choices', nested('if true { ', 'image', ' } else { image }'), 30],
  ['choices in a row', nested('if false { image } else ', '{ image }', ''), 50],
  ['stages', nested('', 'image', ' -> relu'), 900],
  ['sums', nested('', 'image', ' + image'), 900],
])('grammar-4: %s as deep as someone might write them are read', (_, text, n) => {
  expect(diagnosticsOf(modelOf(`(${text(n)}) -> Conv(1)`))).toEqual([]);
});

test('what stands side by side is not deep', () => {
  const lines = Array.from({ length: 1_000 }, (_, i) => `let _a${i} = [-1, (2 + 3)]`);
  const result = `[${'image, '.repeat(1_000)}] -> concat -> Conv(1)`;
  expect(diagnosticsOf(modelOf(result, lines.join('\n')))).toEqual([]);
});
