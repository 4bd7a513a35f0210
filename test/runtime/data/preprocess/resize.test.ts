import { describe, expect, it } from 'vitest';
import { resize } from '../../../../src/runtime/data/preprocess/resize.js';
import { drawn } from '../samples.js';

const values = (data: ArrayLike<number>) => Array.from(data);

describe('resizing', () => {
  it('averages areas on the way down, parts of pixels too', () => {
    const thirds = drawn(3, 1, (x) => [10, 40, 100][x]!);
    const { image } = resize(thirds, { height: 1, width: 2 });
    expect(image.data[0]).toBeCloseTo((10 + 40 / 2) / 1.5, 4);
    expect(image.data[1]).toBeCloseTo((40 / 2 + 100) / 1.5, 4);
  });

  it('keeps the mean of an image that shrinks', () => {
    const before = drawn(31, 17, (x, y) => ((x * 7 + y * 13) % 19) * 10);
    const mean = (data: Float32Array): number => data.reduce((a, b) => a + b, 0) / data.length;
    const after = resize(before, { height: 5, width: 8 });
    expect(mean(after.image.data)).toBeCloseTo(mean(before.image.data), 3);
  });

  it('interpolates between pixel centres on the way up, and holds the border', () => {
    const { image } = resize(
      drawn(2, 1, (x) => x * 100),
      { height: 1, width: 4 },
    );
    expect(values(image.data)).toEqual([0, 25, 75, 100]);
  });

  it('takes the nearest pixel for mask and field of view, so that classes stay whole', () => {
    const before = drawn(4, 4, (x) => x, 1);
    const fov = { width: 4, height: 4, data: Uint8Array.from(before.mask.data, (m) => 1 - m) };
    const { mask, fov: seen } = resize({ ...before, fov }, 2);
    expect(values(mask.data)).toEqual([0, 1, 0, 1]);
    expect(values(seen!.data)).toEqual([1, 0, 1, 0]);
  });

  it('moves channels together', () => {
    const image = { width: 2, height: 1, channels: 3, data: Float32Array.of(0, 10, 20, 2, 30, 60) };
    const { data } = resize({ ...drawn(2, 1, () => 0), image }, 1).image;
    expect(values(data)).toEqual([1, 20, 40]);
  });
});
