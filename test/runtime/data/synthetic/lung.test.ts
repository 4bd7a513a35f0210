import { describe, expect, it } from 'vitest';
import { drawLung, syntheticLungs } from '../../../../src/runtime/data/synthetic/lung.js';
import { bestF1, mean, shareOf } from './brightness.js';

const drawn = [1, 2, 3, 4, 5, 6].map((index) => drawLung(96, 1, index, 2));

describe('drawn slices of a chest', () => {
  it('repeat by seed and index, and differ otherwise', async () => {
    expect(drawLung(64, 3, 1)).toEqual(drawLung(64, 3, 1));
    expect(drawLung(64, 4, 1).mask).not.toEqual(drawLung(64, 3, 1).mask);
    const options = { train: 1, validation: 0, test: 1, size: 64, seed: 3 };
    const { classes, test } = syntheticLungs({ ...options, classes: 1 });
    expect(classes).toEqual(['lung']);
    expect(await test[0]!.read()).toEqual(drawLung(64, 3, 2));
    expect(syntheticLungs({ ...options, classes: 2 }).classes).toEqual(['right', 'left']);
  });

  it('have two lungs, the right one on the left, which as one class are both', () => {
    for (const [n, { mask }] of drawn.entries()) {
      const columns = (number: number) =>
        mean([...mask.data.keys()].filter((i) => mask.data[i] === number).map((i) => i % 96));
      expect(columns(1)).toBeLessThan(columns(2) - 20);
      const both = drawLung(96, 1, n + 1).mask.data;
      expect(both).toEqual(mask.data.map((number) => Math.min(number, 1)));
      expect(shareOf(both)).toBeGreaterThan(0.08);
      expect(shareOf(both)).toBeLessThan(0.3);
    }
  });

  it('are in Hounsfield units: air without, bone within, lungs between air and flesh', () => {
    for (const { image, mask } of drawn) {
      const corner = image.data.subarray(0, 20);
      expect(mean([...corner])).toBeLessThan(-950);
      expect(image.data.some((value) => value > 300)).toBe(true);
      const lung = mean([...image.data].filter((_, i) => mask.data[i]! > 0));
      expect(lung).toBeGreaterThan(-900);
      expect(lung).toBeLessThan(-500);
    }
  });

  it('cannot be found by a threshold, nor by a window of units', () => {
    const inside = drawn.map(({ mask }) => mask.data.map((number) => Math.min(number, 1)));
    const dark = drawn.map(({ image }, n) =>
      bestF1(
        image.data.map((v) => -v),
        inside[n]!,
      ),
    );
    expect(mean(dark)).toBeLessThan(0.5);
    const window = drawn.map(({ image }, n) =>
      bestF1(
        image.data.map((v) => -Math.abs(v + 850)),
        inside[n]!,
      ),
    );
    expect(mean(window)).toBeLessThan(0.8);
  });
});
