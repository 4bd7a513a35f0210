import { describe, expect, it } from 'vitest';
import { patchSampler } from '../../../src/runtime/data/patches.js';
import type { Sample } from '../../../src/runtime/data/sample.js';

/**
 * An image whose values name their pixel, its mask the odd ones, its field of view the given
 * rectangle.
 */
function sample(width: number, height: number, inside: (x: number, y: number) => boolean): Sample {
  const pixels = Array.from({ length: width * height }, (_, i) => i);
  return {
    id: 'x',
    image: { width, height, channels: 1, data: Float32Array.from(pixels) },
    mask: { width, height, data: Uint8Array.from(pixels, (i) => i % 2) },
    fov: {
      width,
      height,
      data: Uint8Array.from(pixels, (i) => (inside(i % width, Math.floor(i / width)) ? 1 : 0)),
    },
  };
}

const options = {
  batch: 16,
  size: 4,
  margin: 0,
  augment: { flips: true, quarterTurns: true },
  seed: 5,
};

describe('patches of several classes', () => {
  it('have one channel a class, 1 where the mask says so', () => {
    const classes = { ...sample(4, 4, () => true) };
    const mask = { ...classes.mask, data: classes.mask.data.map((_, i) => i % 3) };
    const still = { ...options, batch: 1, augment: { flips: false, quarterTurns: false } };
    const { target } = patchSampler([{ ...classes, mask }], { ...still, classes: 3 })(0);
    expect(target.length).toBe(4 * 4 * 3);
    expect([...target.slice(0, 9)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const single = patchSampler([classes], still)(0).target;
    expect([...single.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  });
});

describe('patches', () => {
  const right = sample(20, 12, (x) => x >= 10);

  it('depend on seed and step alone', () => {
    const one = patchSampler([right], options);
    const other = patchSampler([right], options);
    other(7);
    expect(other(3)).toEqual(one(3));
    expect(one(4)).not.toEqual(one(3));
    expect(patchSampler([right], { ...options, seed: 6 })(3)).not.toEqual(one(3));
  });

  it('have their middle in the field of view, and weigh nothing outside it', () => {
    const { image, target, weight } = patchSampler([right], options)(0);
    expect(weight).toContain(0);
    for (const [i, pixel] of image.entries()) {
      expect(weight[i]).toBe(pixel % 20 >= 10 ? 1 : 0);
      expect(target[i]).toBe(pixel % 2);
      expect(pixel % 20).toBeGreaterThanOrEqual(7);
    }
  });

  it('show each pixel of a square once, in all eight positions', () => {
    const seen = new Set<string>();
    const one = sample(4, 4, () => true);
    const draw = patchSampler([one], options);
    for (let step = 0; step < 10; step++) {
      const { image } = draw(step);
      for (let b = 0; b < 16; b++) seen.add(image.subarray(b * 16, b * 16 + 16).join());
    }
    expect(seen.size).toBe(8);
    for (const patch of seen) expect(new Set(patch.split(',')).size).toBe(16);
  });

  it('give the centre as target where the output is narrower', () => {
    const one = sample(6, 6, () => true);
    const still = { flips: false, quarterTurns: false };
    const { target } = patchSampler([one], {
      ...options,
      batch: 1,
      size: 6,
      margin: 2,
      augment: still,
    })(0);
    expect([...target]).toEqual([14, 15, 20, 21].map((pixel) => pixel % 2));
  });

  it('that do not fit are refused with the size that would', () => {
    expect(() => patchSampler([right], { ...options, size: 16 })).toThrow(
      /16x16 do not fit image x of 20x12: set patch to 12 or less/,
    );
  });
});
