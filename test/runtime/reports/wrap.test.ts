import { expect, test } from 'vitest';
import { short } from '../../../src/runtime/reports/numbers.js';
import { wrapped } from '../../../src/runtime/reports/wrap.js';

test('a line that fits stays, at its indent', () => {
  expect(wrapped('  a -> b', 2, 20)).toEqual(['    a -> b']);
});

test('a long line breaks before an arrow, else at a blank; the rest stands deeper', () => {
  expect(wrapped('one two three -> four five', 0, 20)).toEqual([
    'one two three',
    '    -> four five',
  ]);
  expect(wrapped('one two three four', 0, 10)).toEqual(['one two', '    three', '    four']);
});

test('a word longer than the room is not cut', () => {
  expect(wrapped('a-very-long-word after', 0, 10)).toEqual(['a-very-long-word', '    after']);
});

test('three digits and a prefix', () => {
  expect([0, 999, 1000, 999_600, 39_442_925, 1.5e12].map(short)).toEqual([
    '0',
    '999',
    '1.00 k',
    '1.00 M',
    '39.4 M',
    '1.50 T',
  ]);
});
