import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mirrored } from '../../../src/runtime/data/mirror.js';
import type { Picture } from '../../../src/runtime/data/sample.js';
import { averageOfFlips } from '../../../src/runtime/prediction/flips.js';
import { originsOf, stitch, stitchRows } from '../../../src/runtime/prediction/stitch.js';

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

  it('lets the middle of a tile count for more than its edge', async () => {
    let call = 0;
    const tiling = { window: [1, 4], stride: [1, 2], margin: 0 } as const;
    const constant = async () => new Float32Array(4).fill(call++ === 0 ? 1 : 3);
    const out = await stitch(ramp(6, 1), tiling, 1, constant, 'gaussian');
    expect([...out.slice(0, 2), ...out.slice(4)]).toEqual([1, 1, 3, 3]);
    expect(out[2]).toBeGreaterThan(1);
    expect(out[2]).toBeLessThan(2);
    expect(out[2]! - 1).toBeCloseTo(3 - out[3]!, 5);
  });

  it('keeps what every channel of an output says', async () => {
    const size = [8, 8] as const;
    const two = async (tiles: Float32Array): Promise<Float32Array> =>
      Float32Array.from({ length: 2 * tiles.length }, (_, i) =>
        i % 2 === 0 ? tiles[i >> 1]! : -tiles[i >> 1]!,
      );
    const tiling = { window: size, stride: [4, 4] as const, margin: 0 };
    const out = await stitch(ramp(13, 11), tiling, 3, two, 'gaussian');
    for (let i = 0; i < 13 * 11; i++) {
      expect(out[2 * i]).toBeCloseTo(i, 3);
      expect(out[2 * i + 1]).toBeCloseTo(-i, 3);
    }
  });

  it('hands on rows from the top down, each once, long before the last tile', async () => {
    const size = [8, 8] as const;
    const tiling = { window: size, stride: [4, 4] as const, margin: 0 };
    const predict = identity(size, 0);
    let tiles = 0;
    const counted = (given: Float32Array, count: number) => {
      tiles += count;
      return predict(given, count);
    };
    const seen: { top: number; rows: number; tiles: number }[] = [];
    const options = { batch: 2, blend: 'gaussian' } as const;
    await stitchRows(ramp(9, 100), tiling, options, counted, (top, values) => {
      seen.push({ top, rows: values.length / 9, tiles });
    });
    let next = 0;
    for (const { top, rows } of seen) {
      expect(top).toBe(next);
      next += rows;
    }
    expect(next).toBe(100);
    expect(Math.max(...seen.map(({ rows }) => rows))).toBeLessThan(16);
    expect(seen[0]!.tiles).toBeLessThan(10);
    expect(tiles).toBe(48);
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

describe('the average of four mirrored predictions', () => {
  /** Each row's and column's number within its tile, which mirroring moves. */
  const places = async (tiles: Float32Array, count: number): Promise<Float32Array> =>
    Float32Array.from({ length: count * 12 }, (_, i) => (i % 12) + (tiles[i]! > 0 ? 100 : 0));

  it('is symmetric where the network is not', async () => {
    const tiles = Float32Array.from({ length: 24 }, (_, i) => (i === 5 ? 1 : 0));
    const out = await averageOfFlips(places, [3, 4], [3, 4])(tiles, 2);
    // What depends on the place alone becomes the same everywhere; what the network saw stays.
    expect([...out]).toEqual(Array.from(tiles, (value) => 5.5 + (value > 0 ? 100 : 0)));
  });

  it('asks for four predictions', async () => {
    let calls = 0;
    const counted = (tiles: Float32Array, count: number) => {
      calls++;
      return places(tiles, count);
    };
    await averageOfFlips(counted, [3, 4], [3, 4])(new Float32Array(12), 1);
    expect(calls).toBe(4);
  });
});
