import { describe, expect, it } from 'vitest';
import { resizeArea } from '../../../src/compiler/ops/resizing/resize-area.js';
import { resizeBilinear } from '../../../src/compiler/ops/resizing/resize-bilinear.js';
import { resizeBilinearGradient } from '../../../src/compiler/ops/resizing/resize-bilinear-gradient.js';
import { resizeNearest } from '../../../src/compiler/ops/resizing/resize-nearest.js';
import { evaluated, fixedShape, inferred, shapeOf, tensor } from './evaluated.js';

const row = (op: typeof resizeNearest, values: number[], width: number) => [
  ...evaluated(op, [tensor([1, 1, values.length, 1], values)], {
    shape: fixedShape([1, 1, width, 1]),
  })[0]!.data,
];

describe('resizeNearest', () => {
  it('repeats each pixel when it doubles', () => {
    expect(row(resizeNearest, [1, 2, 3], 6)).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('takes the pixel at floor(i input / output) at other ratios', () => {
    expect(row(resizeNearest, [0, 1, 2], 5)).toEqual([0, 0, 1, 1, 2]);
    expect(row(resizeNearest, [0, 1, 2, 3, 4], 3)).toEqual([0, 1, 3]);
  });

  it('repeats rows and keeps channels together', () => {
    const x = tensor([1, 2, 1, 2], [1, 2, 3, 4]);
    const [y] = evaluated(resizeNearest, [x], { shape: fixedShape([1, 4, 1, 2]) });
    expect([...y!.data]).toEqual([1, 2, 1, 2, 3, 4, 3, 4]);
  });

  it('demands whole sizes of its result', () => {
    const attributes = { shape: shapeOf('[N, 3H/2, W, 8]') };
    expect(inferred(resizeNearest, ['[N, H, W, 8]'], attributes).demands).toEqual(['3H/2', 'W']);
  });

  it('changes neither batch nor channels', () => {
    const attributes = { shape: shapeOf('[N, 2H, 2W, 4]') };
    expect(() => inferred(resizeNearest, ['[N, H, W, 8]'], attributes)).toThrow(
      'channels disagree: 8 and 4',
    );
  });
});

describe('resizeBilinear', () => {
  it('has half-pixel centres and clamped edges', () => {
    expect(row(resizeBilinear, [0, 1], 4)).toEqual([0, 0.25, 0.75, 1]);
  });

  it('averages neighbours when it halves', () => {
    expect(row(resizeBilinear, [0, 2, 10, 20], 2)).toEqual([1, 15]);
  });

  it('is separable: a corner weighs by the product of both weights', () => {
    const x = tensor([1, 2, 2, 1], [16, 0, 0, 0]);
    const [y] = evaluated(resizeBilinear, [x], { shape: fixedShape([1, 4, 4, 1]) });
    expect([...y!.data]).toEqual([16, 12, 4, 0, 12, 9, 3, 0, 4, 3, 1, 0, 0, 0, 0, 0]);
  });

  it('gives its gradient back by the same weights', () => {
    const g = tensor([1, 1, 4, 1], [1, 10, 100, 1000]);
    const [dx] = evaluated(resizeBilinearGradient, [g], { shape: fixedShape([1, 1, 2, 1]) });
    expect([...dx!.data]).toEqual([1 + 7.5 + 25, 2.5 + 75 + 1000]);
  });
});

describe('resizeArea', () => {
  it('averages what each new pixel covers, with the shares of those it covers in part', () => {
    expect(row(resizeArea, [0, 2, 10, 20], 2)).toEqual([1, 15]);
    const [left, right] = row(resizeArea, [3, 6, 9], 2);
    expect(left).toBeCloseTo((3 + 6 / 2) / 1.5, 14);
    expect(right).toBeCloseTo((6 / 2 + 9) / 1.5, 14);
  });

  it('interpolates between half-pixel centres where it grows', () => {
    expect(row(resizeArea, [0, 1], 4)).toEqual(row(resizeBilinear, [0, 1], 4));
  });

  it('takes each axis by itself', () => {
    const x = tensor([1, 2, 2, 1], [0, 4, 8, 12]);
    const [y] = evaluated(resizeArea, [x], { shape: fixedShape([1, 1, 4, 1]) });
    expect([...y!.data]).toEqual([4, 5, 7, 8]);
  });

  it('takes sizes that have no symbol in common', () => {
    const attributes = { shape: shapeOf('[N, 256, 192, 3]') };
    expect(inferred(resizeArea, ['[N, H, W, 3]'], attributes).demands).toEqual(['256', '192']);
  });
});
