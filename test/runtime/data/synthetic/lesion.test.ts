import { describe, expect, it } from 'vitest';
import { drawLesion, syntheticLesions } from '../../../../src/runtime/data/synthetic/lesion.js';
import { bestF1, mean, shareOf } from './brightness.js';

const drawn = [1, 2, 3, 4, 5, 6].map((index) => drawLesion(96, 1, index));

describe('drawn lesions', () => {
  it('repeat by seed and index, and differ otherwise', async () => {
    expect(drawLesion(64, 3, 1)).toEqual(drawLesion(64, 3, 1));
    expect(drawLesion(64, 4, 1).mask).not.toEqual(drawLesion(64, 3, 1).mask);
    const options = { train: 2, validation: 1, test: 1, size: 64, seed: 3 };
    const { train, validation, test } = syntheticLesions(options);
    expect([...train, ...test, ...validation].map(({ id }) => id)).toEqual([
      '01',
      '02',
      '03',
      '04',
    ]);
    expect(await validation[0]!.read()).toEqual(drawLesion(64, 3, 4));
  });

  it('are one spot of a size that lesions have', () => {
    for (const { mask } of drawn) {
      expect(shareOf(mask.data)).toBeGreaterThan(0.03);
      expect(shareOf(mask.data)).toBeLessThan(0.3);
    }
  });

  it('cannot be found by darkness, nor by where lesions mostly are', () => {
    const dark = drawn.map(({ image, mask }) =>
      bestF1(
        mask.data.map((_, i) => 255 - image.data[i * 3 + 1]!),
        mask.data,
      ),
    );
    expect(mean(dark)).toBeLessThan(0.65);
    const middle = drawn.map(({ mask }) =>
      bestF1(
        Array.from(mask.data, (_, i) => -Math.hypot((i % 96) - 48, Math.floor(i / 96) - 48)),
        mask.data,
      ),
    );
    expect(mean(middle)).toBeLessThan(0.75);
  });

  it('take more of blue than of red light, as shadows do not', () => {
    for (const { image, mask } of drawn) {
      const ratio = (inside: number): number => {
        const pixels = [...mask.data.keys()].filter((i) => mask.data[i] === inside);
        return mean(pixels.map((i) => image.data[i * 3 + 2]! / Math.max(image.data[i * 3]!, 1)));
      };
      expect(ratio(1)).toBeLessThan(ratio(0));
    }
  });
});
