import { describe, expect, it } from 'vitest';
import {
  type Counter,
  hash32,
  type Key,
  philox,
  writeBlock,
} from '../../../src/compiler/ops/philox.js';
import { dropoutMask } from '../../../src/compiler/ops/structure/dropout-mask.js';
import type { Extents } from '../../../src/compiler/sizes/size.js';
import { fixedShape, tensor } from './evaluated.js';

const ones = 0xffffffff;

describe('Philox4x32-10', () => {
  // The known answers of Random123 (Salmon et al. 2011).
  it.each<[Counter, Key, number[]]>([
    [
      [0, 0, 0, 0],
      [0, 0],
      [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8],
    ],
    [
      [ones, ones, ones, ones],
      [ones, ones],
      [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
    ],
    [
      [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
      [0xa4093822, 0x299f31d0],
      [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
    ],
  ])('gives the published answer for the counter %o', (counter, key, answer) => {
    const words = new Uint32Array(4);
    writeBlock(counter, key, words, 0);
    expect([...words]).toEqual(answer);
  });

  it('counts blocks in the low word, and a shorter stream is the start of a longer one', () => {
    const second = new Uint32Array(4);
    writeBlock([1, 0, 5, 6], [3, 4], second, 0);
    const words = philox([3, 4], [5, 6], 8);
    expect([...words.subarray(4)]).toEqual([...second]);
    expect([...philox([3, 4], [5, 6], 6)]).toEqual([...words.subarray(0, 6)]);
  });
});

describe('hash32', () => {
  it.each([
    ['', 0x811c9dc5],
    ['a', 0xe40c292c],
    ['foobar', 0xbf9cf968],
  ])('gives the published FNV-1a of "%s"', (text, hash) => {
    expect(hash32(text)).toBe(hash);
  });
});

describe('dropoutMask', () => {
  const mask = (seed: number, step: number, rate: number, path: string, shape: Extents) => [
    ...dropoutMask.evaluate(
      [tensor([], [seed]), tensor([], [step])],
      { rate, path, shape: fixedShape(shape) },
      [shape],
    )[0].data,
  ];

  it('compares the low 23 bits of each word, four to a block, with the rate', () => {
    const words = new Uint32Array(4);
    writeBlock([1, 0, 3, 0], [7, hash32('here/dropout')], words, 0);
    const expected = [...words].map((word) => ((word & 0x7fffff) / 2 ** 23 >= 0.25 ? 4 / 3 : 0));
    expect(mask(7, 3, 0.25, 'here/dropout', [2, 4]).slice(4)).toEqual(expected);
  });

  it('drops the share it is told, and keeps the mean', () => {
    const values = mask(1, 0, 0.3, 'dropout', [20000]);
    const dropped = values.filter((value) => value === 0).length / values.length;
    // Four standard deviations of a share of 20,000 draws.
    expect(Math.abs(dropped - 0.3)).toBeLessThan(0.013);
    expect(new Set(values)).toEqual(new Set([0, 1 / 0.7]));
  });

  it('draws anew for another seed, step or path, and the same again otherwise', () => {
    const first = mask(1, 0, 0.5, 'a', [64]);
    expect(mask(1, 0, 0.5, 'a', [64])).toEqual(first);
    for (const other of [
      mask(2, 0, 0.5, 'a', [64]),
      mask(1, 1, 0.5, 'a', [64]),
      mask(1, 0, 0.5, 'b', [64]),
    ]) {
      expect(other).not.toEqual(first);
    }
  });

  it.each([1, -0.1, Number.NaN])('refuses a rate of %d', (rate) => {
    const int = { dtype: 'int' as const, shape: [] };
    expect(() => dropoutMask.infer([int, int], { rate, path: 'a', shape: [] }, () => {})).toThrow(
      'is not in [0, 1)',
    );
  });
});
