import { describe, expect, it } from 'vitest';
import { ops } from '../../../src/compiler/ops/registry.js';
import { broadcastTo } from '../../../src/compiler/ops/structure/broadcast-to.js';
import { concat } from '../../../src/compiler/ops/structure/concat.js';
import { dropout } from '../../../src/compiler/ops/structure/dropout.js';
import { pad } from '../../../src/compiler/ops/structure/pad.js';
import { reshape } from '../../../src/compiler/ops/structure/reshape.js';
import { slice } from '../../../src/compiler/ops/structure/slice.js';
import { evaluated, fixedShape, inferred, shapeOf, tensor } from './evaluated.js';

const grid = tensor([2, 3], [1, 2, 3, 4, 5, 6]);

describe('broadcastTo', () => {
  it('spreads sizes of 1', () => {
    const column = tensor([2, 1], [1, 2]);
    const [y] = evaluated(broadcastTo, [column], { shape: fixedShape([2, 3]) });
    expect([...y!.data]).toEqual([1, 1, 1, 2, 2, 2]);
  });

  it('spreads a scalar over anything', () => {
    const [y] = evaluated(broadcastTo, [tensor([], [7])], { shape: fixedShape([2, 2]) });
    expect([...y!.data]).toEqual([7, 7, 7, 7]);
  });

  it('refuses to shrink', () => {
    expect(() => inferred(broadcastTo, ['[N, 4]'], { shape: shapeOf('[N, 1]') })).toThrow(
      'only sizes of 1 can be spread, not [N, 4] to [N, 1]',
    );
  });
});

describe('reshape', () => {
  it('keeps the elements in row-major order', () => {
    const [y] = evaluated(reshape, [grid], { shape: fixedShape([3, 2]) });
    expect(y).toEqual(tensor([3, 2], grid.data));
  });

  it('moves factors between symbolic and constant sizes', () => {
    const attributes = { shape: shapeOf('[N, H/2, 2W, 8]') };
    const { shape, demands } = inferred(reshape, ['[N, H, W, 8]'], attributes);
    expect(shape).toBe('[N, H/2, 2W, 8]');
    expect(demands).toContain('H/2');
  });

  it.each(['[N, H, H, 8]', '[N, H, W, 4]', '[N, H + 1, W, 8]', '[N, H, 8]'])(
    'refuses %s for [N, H, W, 8]',
    (text) => {
      expect(() => inferred(reshape, ['[N, H, W, 8]'], { shape: shapeOf(text) })).toThrow(
        'the numbers of elements disagree',
      );
    },
  );
});

describe('concat', () => {
  it('puts the operands one after another', () => {
    const column = tensor([2, 1], [10, 20]);
    const [y] = evaluated(concat, [grid, column, grid], { axis: 1 });
    expect([...y!.data]).toEqual([1, 2, 3, 10, 1, 2, 3, 4, 5, 6, 20, 4, 5, 6]);
  });

  it('sums along its axis', () => {
    const images = ['[N, H/2, W, 64]', '[N, H/2, W, 32]', '[N, H/2, W, 1]'];
    expect(inferred(concat, images, { axis: 3 }).shape).toBe('[N, H/2, W, 97]');
    expect(inferred(concat, ['[H, 2]', '[H/2 + 1, 2]'], { axis: 0 }).shape).toBe('[3H/2 + 1, 2]');
  });

  it('wants the other sizes equal as expressions, and names the ones that are not', () => {
    expect(() => inferred(concat, ['[N, H, W, 8]', '[N, 2H, W, 8]'], { axis: 3 })).toThrow(
      'heights disagree: H and 2H',
    );
  });

  it('refuses a sum of two symbols', () => {
    expect(() => inferred(concat, ['[N, H, W, 8]', '[M, H, W, 8]'], { axis: 0 })).toThrow(
      'the sum of the batch sizes N and M is no size',
    );
  });
});

describe('slice', () => {
  it('takes the box that begins at an index', () => {
    const [y] = evaluated(slice, [grid], { begin: [0, 1], shape: fixedShape([2, 2]) });
    expect([...y!.data]).toEqual([2, 3, 5, 6]);
  });

  it('crops a symbolic size by a number', () => {
    const attributes = { begin: [0, 2], shape: shapeOf('[N, H - 4]') };
    expect(inferred(slice, ['[N, H]'], attributes).shape).toBe('[N, H - 4]');
  });

  it.each([
    [[0, 1], '[N, H]'],
    [[0, -1], '[N, H - 1]'],
    [[0, 0], '[N, H/2]'],
    [[0, 0], '[N, W]'],
  ])('refuses %o %s of [N, H], which need not fit', (begin, text) => {
    expect(() => inferred(slice, ['[N, H]'], { begin, shape: shapeOf(text) })).toThrow(
      'no slice of the sizes along axis 1',
    );
  });
});

describe('pad', () => {
  it('surrounds x with one value', () => {
    const [y] = evaluated(pad, [grid], { before: [1, 0], after: [0, 1], value: 9 });
    expect([...y!.data]).toEqual([9, 9, 9, 9, 1, 2, 3, 9, 4, 5, 6, 9]);
  });

  it('refuses to crop', () => {
    const attributes = { before: [0, -1], after: [0, 0], value: 0 };
    expect(() => inferred(pad, ['[N, H]'], attributes)).toThrow('0 or more');
  });
});

describe('dropout', () => {
  it('does nothing outside of training', () => {
    expect(evaluated(dropout, [grid], { rate: 0.5, path: 'drop' })).toEqual([grid]);
  });

  it('is not differentiated as written: the mode pass has replaced it by then', () => {
    expect(ops.dropout).not.toHaveProperty('gradient');
  });
});
