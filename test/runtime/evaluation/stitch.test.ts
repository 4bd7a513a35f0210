import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Picture } from '../../../src/runtime/data/sample.js';
import { mirrored, originsOf, stitch } from '../../../src/runtime/evaluation/stitch.js';

const ramp = (width: number, height: number): Picture => ({
  width,
  height,
  channels: 1,
  data: Float32Array.from({ length: width * height }, (_, i) => i),
});

/** A network that gives back its input, less `margin` pixels on each side. */
const identity = (window: readonly [number, number], margin: number) => {
  const [rows, columns] = [window[0] - 2 * margin, window[1] - 2 * margin];
  return async (tiles: Float32Array, count: number): Promise<Float32Array> => {
    const out = new Float32Array(count * rows * columns);
    for (let i = 0; i < out.length; i++) {
      const n = Math.floor(i / (rows * columns));
      const y = margin + (Math.floor(i / columns) % rows);
      const x = margin + (i % columns);
      out[i] = tiles[(n * window[0] + y) * window[1] + x] as number;
    }
    return out;
  };
};

describe('stitching', () => {
  it('puts every pixel back where it was, for any size, window, stride and margin', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.record({
          width: fc.integer({ min: 1, max: 40 }),
          height: fc.integer({ min: 1, max: 40 }),
          window: fc.integer({ min: 5, max: 24 }),
          stride: fc.integer({ min: 1, max: 30 }),
          margin: fc.integer({ min: 0, max: 2 }),
          batch: fc.integer({ min: 1, max: 5 }),
        }),
        async ({ width, height, window, stride, margin, batch }) => {
          const size = [window, window] as const;
          const image = ramp(width, height);
          const tiling = { window: size, stride: [stride, stride] as const, margin };
          const out = await stitch(image, tiling, batch, identity(size, margin));
          for (const [i, value] of out.entries()) expect(value).toBeCloseTo(i, 2);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('averages where tiles overlap', async () => {
    let call = 0;
    const tiling = { window: [1, 4], stride: [1, 2], margin: 0 } as const;
    const out = await stitch(ramp(6, 1), tiling, 1, async () =>
      new Float32Array(4).fill(call++ === 0 ? 1 : 3),
    );
    expect([...out]).toEqual([1, 1, 2, 2, 3, 3]);
  });

  it('covers a length with tiles no further apart than the stride', () => {
    expect(originsOf(565, 64, 48)).toContain(565 - 64);
    expect(originsOf(10, 4, 100)).toEqual([0, 3, 6]);
    expect(originsOf(30, 32, 16)).toEqual([-1]);
  });

  it('mirrors without repeating the edge', () => {
    expect([-2, -1, 0, 1, 2, 3, 4, 5].map((i) => mirrored(i, 3))).toEqual([2, 1, 0, 1, 2, 1, 0, 1]);
  });
});
