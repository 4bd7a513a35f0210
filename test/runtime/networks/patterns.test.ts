import { describe, expect, it } from 'vitest';
import { matcherOf, patternsFor, straysOf } from '../../../src/runtime/networks/patterns.js';

const paths = [
  'encoder/Conv/kernel',
  'encoder/Conv.2/kernel',
  'encoder/Conv.2/bias',
  'head/kernel',
];
const meant = (...patterns: string[]) => paths.filter(matcherOf(patterns));

describe('a pattern of paths', () => {
  it.each<[string, readonly number[]]>([
    ['encoder/**', [0, 1, 2]],
    ['encoder', [0, 1, 2]],
    ['encoder/', [0, 1, 2]],
    ['encoder/Conv', [0]],
    ['encoder/Conv*', [0, 1, 2]],
    ['encoder/*/kernel', [0, 1]],
    ['**/kernel', [0, 1, 3]],
    ['**', [0, 1, 2, 3]],
    ['*/kernel', [3]],
    ['enc', []],
    ['encoder/Conv.', []],
    ['encoderxConv', []],
  ])('%s', (pattern, indices) => {
    expect(meant(pattern)).toEqual(indices.map((i) => paths[i]));
  });

  it('that means nothing is told, with what it may have been meant to be', () => {
    expect(straysOf(['head', 'encodr/**'], paths)).toEqual([
      { index: 1, pattern: 'encodr/**', guess: 'encoder' },
    ]);
  });

  it('is found for paths, none for others', () => {
    expect(patternsFor(paths.slice(1, 3), paths)).toEqual(['encoder/Conv.2/**']);
    expect(patternsFor([paths[1]!], paths)).toEqual(['encoder/Conv.2/kernel']);
    expect(patternsFor(paths.slice(0, 3), paths)).toEqual(['encoder/**']);
  });
});
