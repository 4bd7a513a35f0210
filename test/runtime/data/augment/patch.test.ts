import { describe, expect, it } from 'vitest';
import { still } from '../../../../src/runtime/data/augment/augmentation.js';
import { cutPatch } from '../../../../src/runtime/data/augment/patch.js';
import { emptyPatch } from '../../../../src/runtime/data/augment/resample.js';
import type { Seen } from '../../../../src/runtime/data/preprocess.js';
import { purposes, randomOf } from '../../../../src/runtime/data/random.js';
import type { Sample } from '../../../../src/runtime/data/sample.js';
import type { Augmentation } from '../../../../src/runtime/experiments/options/augment.js';
import { asItIs, drawn } from '../samples.js';

const size = 16;

/** The patch at (left, top) of one augmentation, as a step of its own draws it. */
function cut(seen: Seen, augment: Partial<Augmentation>, step = 1, [left, top] = [24, 24]) {
  const patch = emptyPatch(size, seen.sample.image.channels);
  const random = randomOf(7, purposes.patches, step, 0);
  const where = { left, top, size, seed: 7, step, position: 0 };
  cutPatch(seen, where, { ...still, ...augment }, random, patch);
  return patch;
}

/** Three channels of [pixels] from one. */
function coloured({ image, ...rest }: Sample): Sample {
  const data = Float32Array.from(
    { length: image.data.length * 3 },
    (_, i) => image.data[Math.floor(i / 3)]!,
  );
  return { ...rest, image: { ...image, channels: 3, data } };
}

const mean = (data: ArrayLike<number>): number =>
  Array.from(data).reduce((a, b) => a + b, 0) / data.length;
const deviation = (data: ArrayLike<number>): number =>
  Math.sqrt(mean(Array.from(data, (value) => (value - mean(data)) ** 2)));
const steps = Array.from({ length: 40 }, (_, step) => step);

describe('a patch that is bent', () => {
  // Across a plane a bilinear value is exact, so each tells where its pixel came from.
  const columns = asItIs(drawn(64, 64, (x) => x, 31));
  const rows = asItIs(drawn(64, 64, (_, y) => y));
  const at = (n: number, patch: { image: Float32Array }) => patch.image[n]!;

  it('keeps its middle and its distances when it is turned, by no more than was said', () => {
    const angles = steps.map((step) => {
      const [x, y] = [cut(columns, { rotate: 30 }, step), cut(rows, { rotate: 30 }, step)];
      const corners = [0, size - 1].map((n) => [at(n, x), at(n, y)] as const);
      const [across, down] = [corners[1]![0] - corners[0]![0], corners[1]![1] - corners[0]![1]];
      expect(Math.hypot(across, down)).toBeCloseTo(size - 1, 3);
      expect(mean(x.image)).toBeCloseTo(24 + (size - 1) / 2, 3);
      return (Math.atan2(down, across) * 180) / Math.PI;
    });
    expect(Math.max(...angles.map(Math.abs))).toBeLessThanOrEqual(30.001);
    expect(Math.max(...angles)).toBeGreaterThan(15);
    expect(Math.min(...angles)).toBeLessThan(-15);
  });

  it('is enlarged and shrunk by factors up to 1 + scale', () => {
    const factors = steps.map((step) => {
      const { image } = cut(columns, { scale: 0.5 }, step);
      return (size - 1) / (image[size - 1]! - image[0]!);
    });
    expect(Math.max(...factors)).toBeLessThanOrEqual(1.5001);
    expect(Math.min(...factors)).toBeGreaterThanOrEqual(1 / 1.5001);
    expect(Math.max(...factors)).toBeGreaterThan(1.2);
    expect(Math.min(...factors)).toBeLessThan(1 / 1.2);
  });

  it('is shifted elastically by as much as was said, and smoothly', () => {
    const shifts = steps.flatMap((step) => {
      const { image } = cut(columns, { elastic: { amplitude: 2, smoothness: 3 } }, step);
      const own = Array.from(image, (value, i) => value - 24 - (i % size));
      for (let i = 1; i < size; i++) expect(Math.abs(own[i]! - own[i - 1]!)).toBeLessThan(2.5);
      return own;
    });
    expect(Math.sqrt(mean(shifts.map((shift) => shift ** 2)))).toBeCloseTo(2, 0);
    expect(Math.abs(mean(shifts))).toBeLessThan(0.5);
  });

  it('moves mask and image together, and the mask keeps its classes', () => {
    for (const step of steps) {
      const patch = cut(
        columns,
        { rotate: 90, scale: 0.3, elastic: { amplitude: 1, smoothness: 4 } },
        step,
      );
      for (const [i, value] of patch.image.entries()) {
        // Half a pixel from the edge of the mask the nearest pixel decides.
        if (Math.abs(value - 31.5) > 1) expect(patch.mask[i]).toBe(value > 31.5 ? 1 : 0);
      }
    }
  });

  it('shows the mirror image outside, where nothing counts', () => {
    let outside = 0;
    for (const step of steps) {
      const within = [columns, rows].map((seen) => cut(seen, { scale: 1 }, step).image);
      const corner = cut(columns, { scale: 1 }, step, [0, 0]);
      for (let i = 0; i < size * size; i++) {
        const [x, y] = within.map((image) => image[i]! - 24);
        expect(corner.image[i]).toBeCloseTo(Math.max(x!, -1 - x!, 0), 3);
        if (Math.min(Math.abs(x! + 0.5), Math.abs(y! + 0.5)) < 0.01) continue;
        expect(corner.counts[i]).toBe(x! > -0.5 && y! > -0.5 ? 1 : 0);
        expect(corner.field[i]).toBe(1);
        outside += 1 - corner.counts[i]!;
      }
    }
    expect(outside).toBeGreaterThan(0);
  });

  it('is as it was without an amount', () => {
    expect(cut(columns, { rotate: 0 })).toEqual(cut(columns, {}));
    expect([...cut(columns, {}).image.subarray(0, 3)]).toEqual([24, 25, 26]);
  });
});

describe('a patch that is coloured', () => {
  const seen = asItIs(drawn(64, 64, (x, y) => 60 + ((x * 3 + y * 5) % 41)));
  const plain = cut(seen, {}).image;

  it('is brighter or darker by no more than was said', () => {
    const by = steps.map((step) => {
      const { image } = cut(seen, { brightness: 0.1 }, step);
      expect(image[5]! - plain[5]!).toBeCloseTo(image[0]! - plain[0]!, 3);
      return image[0]! - plain[0]!;
    });
    expect(Math.max(...by.map(Math.abs))).toBeLessThanOrEqual(25.501);
    expect(Math.max(...by)).toBeGreaterThan(10);
    expect(Math.min(...by)).toBeLessThan(-10);
  });

  it('keeps its mean where only its contrast changes', () => {
    const ratios = steps.map((step) => {
      const { image } = cut(seen, { contrast: 0.5 }, step);
      expect(mean(image)).toBeCloseTo(mean(plain), 2);
      return deviation(image) / deviation(plain);
    });
    expect(Math.max(...ratios)).toBeGreaterThan(1.2);
    expect(Math.max(...ratios)).toBeLessThanOrEqual(1.5001);
    expect(Math.min(...ratios)).toBeGreaterThanOrEqual(1 / 1.5001);
  });

  it('has a factor for each of three channels, and none where there is one', () => {
    const { image } = cut(asItIs(coloured(seen.sample)), { colour: 0.3 });
    const factors = [0, 1, 2].map((c) => image[c]! / plain[0]!);
    for (let i = 0; i < plain.length; i++) {
      for (let c = 0; c < 3; c++) expect(image[i * 3 + c]).toBeCloseTo(factors[c]! * plain[i]!, 2);
    }
    expect(new Set(factors.map((factor) => factor.toFixed(4))).size).toBe(3);
    expect(cut(seen, { colour: 0.3 }).image).toEqual(plain);
  });

  it('keeps black and white where only its gamma changes', () => {
    const ends = asItIs(drawn(64, 64, (x) => [0, 128, 255][x % 3]!));
    const { image } = cut(ends, { gamma: 0.5 });
    expect([image[0], image[2]].map((value) => Math.round(value!))).toEqual([0, 255]);
    expect(image[1]).not.toBeCloseTo(128, 1);
  });

  it('has noise of the deviation that was said, another in each step', () => {
    const noise = steps.flatMap((step) => {
      const { image } = cut(seen, { noise: 0.02 }, step);
      return Array.from(image, (value, i) => value - plain[i]!);
    });
    expect(Math.abs(mean(noise))).toBeLessThan(0.2);
    expect(deviation(noise)).toBeCloseTo(0.02 * 255, 0);
    expect(noise[0]).not.toBe(noise[size * size]);
  });

  it('is changed before it is standardised, and stays 0 outside the field of view', () => {
    const fov = { width: 64, height: 64, data: new Uint8Array(64 * 64).fill(1) };
    fov.data[24 * 64 + 24] = 0;
    const image = { ...seen.sample.image, data: seen.sample.image.data.map((v) => (v - 80) / 10) };
    image.data[24 * 64 + 24] = 0;
    const scaled = {
      sample: { ...seen.sample, image, fov },
      scaling: { mean: [80], deviation: [10] },
    };
    const patch = cut(scaled, { brightness: 0.1 });
    const whole = cut(seen, { brightness: 0.1 });
    expect(patch.image[0]).toBe(0);
    expect(patch.counts[0]).toBe(0);
    expect(patch.image[1]! * 10 + 80).toBeCloseTo(whole.image[1]!, 3);
  });

  it('draws each amount by itself: one that is 0 leaves the others as they were', () => {
    const both = cut(seen, { brightness: 0.1, noise: 0.02 }).image;
    const noise = cut(seen, { noise: 0.02 }).image;
    const shift = cut(seen, { brightness: 0.1 }).image[0]! - plain[0]!;
    expect(both[7]! - noise[7]!).toBeCloseTo(shift, 3);
  });
});
