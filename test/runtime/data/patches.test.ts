import { describe, expect, it } from 'vitest';
import { still } from '../../../src/runtime/data/augment/augmentation.js';
import { batchMaker, cornersOf, type PatchOptions } from '../../../src/runtime/data/patches.js';
import type { Sample } from '../../../src/runtime/data/sample.js';
import { asItIs } from './samples.js';

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

const options: PatchOptions = {
  batch: 16,
  size: 4,
  margin: 0,
  augment: { ...still, flips: true, quarterTurns: true },
  seed: 5,
};
const makerOf = (all: readonly Sample[], given: PatchOptions = options) =>
  batchMaker(
    {
      count: all.length,
      at: async (n) => ({ ...asItIs(all[n]!), corners: cornersOf(all[n]!, given.size) }),
    },
    given,
  );
const maker = (one: Sample, given?: PatchOptions) => makerOf([one], given);

describe('patches of several classes', () => {
  it('have one channel a class, 1 where the mask says so', async () => {
    const classes = { ...sample(4, 4, () => true) };
    const mask = { ...classes.mask, data: classes.mask.data.map((_, i) => i % 3) };
    const one = { ...options, batch: 1, augment: still };
    const { target } = await maker({ ...classes, mask }, { ...one, classes: 3 })(0);
    expect(target.length).toBe(4 * 4 * 3);
    expect([...target.slice(0, 9)]).toEqual([1, 0, 0, 0, 1, 0, 0, 0, 1]);
    const single = (await maker(classes, one)(0)).target;
    expect([...single.slice(0, 4)]).toEqual([0, 1, 0, 1]);
  });
});

describe('patches', () => {
  const right = sample(20, 12, (x) => x >= 10);

  it('depend on seed and step alone', async () => {
    const one = maker(right);
    const other = maker(right);
    await other(7);
    expect(await other(3)).toEqual(await one(3));
    expect(await one(4)).not.toEqual(await one(3));
    expect(await maker(right, { ...options, seed: 6 })(3)).not.toEqual(await one(3));
  });

  it('have their middle in the field of view, and weigh nothing outside it', async () => {
    const { image, target, weight } = await maker(right)(0);
    expect(weight).toContain(0);
    for (const [i, pixel] of image.entries()) {
      expect(weight[i]).toBe(pixel % 20 >= 10 ? 1 : 0);
      expect(target[i]).toBe(pixel % 2);
      expect(pixel % 20).toBeGreaterThanOrEqual(7);
    }
  });

  it('show each pixel of a square once, in all eight positions', async () => {
    const seen = new Set<string>();
    const draw = maker(sample(4, 4, () => true));
    for (let step = 0; step < 10; step++) {
      const { image } = await draw(step);
      for (let b = 0; b < 16; b++) seen.add(image.subarray(b * 16, b * 16 + 16).join());
    }
    expect(seen.size).toBe(8);
    for (const patch of seen) expect(new Set(patch.split(',')).size).toBe(16);
  });

  it('are cut anywhere in an image without a field of view', async () => {
    const one = { ...sample(6, 5, () => true), fov: null };
    const { image, weight } = await maker(one, { ...options, batch: 64, augment: still })(0);
    const corners = new Set(Array.from({ length: 64 }, (_, b) => image[b * 16]));
    expect([...corners].toSorted((a, b) => a! - b!)).toEqual([0, 1, 2, 6, 7, 8]);
    expect(weight).not.toContain(0);
  });

  it('give the centre as target where the output is narrower', async () => {
    const one = sample(6, 6, () => true);
    const narrow = { ...options, batch: 1, size: 6, margin: 2, augment: still };
    const { target } = await maker(one, narrow)(0);
    expect([...target]).toEqual([14, 15, 20, 21].map((pixel) => pixel % 2));
  });

  it('come from images that have one, slices with an empty field of view passed over', async () => {
    const empty = sample(20, 12, () => false);
    const passing = makerOf([empty, right, empty]);
    for (let step = 0; step < 5; step++) {
      for (const pixel of (await passing(step)).image) {
        expect(pixel % 20).toBeGreaterThanOrEqual(7);
      }
    }
    expect(await passing(2)).toEqual(await makerOf([empty, right, empty])(2));
    await expect(makerOf([empty, empty])(0)).rejects.toThrow(
      /no pixel of any training image counts/,
    );
  });

  it('that do not fit are refused with the size that would', () => {
    expect(() => cornersOf(right, 16)).toThrow(
      /16x16 do not fit image x of 20x12: set patch to 12 or less/,
    );
  });
});

describe('the places of patches', () => {
  it('come as near to the field of view as they can where no middle lies in it', () => {
    const left = sample(12, 6, (x) => x === 0);
    const corners = cornersOf(left, 6);
    expect([corners.count, corners.at(0)]).toEqual([1, 0]);
    const ends = cornersOf(
      sample(12, 6, (x) => x === 0 || x === 11),
      6,
    );
    expect(Array.from({ length: ends.count }, (_, n) => ends.at(n))).toEqual([0, 6]);
    const none = sample(12, 6, () => false);
    expect(cornersOf(none, 6).count).toBe(0);
  });
});
