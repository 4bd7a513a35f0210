import { describe, expect, it } from 'vitest';
import { modelOf } from '../../compiler/expand/texts.js';
import { gray, mapOf, noise, pictureOf } from '../viewing/shown.js';

describe('a value over an image', () => {
  it('is that of each pixel where it is as large as the image, whatever the tiles', async () => {
    const text = gray('twice', 'let twice = image + image');
    for (const [width, height] of [
      [8, 8],
      [21, 13],
      [5, 30],
    ] as const) {
      const image = pictureOf(width, height);
      const map = await mapOf(text, 'twice', image, { channel: 0 });
      expect([map.width, map.height]).toEqual([width, height]);
      map.data.forEach((value, i) => {
        expect(value).toBeCloseTo(2 * image.data[i]!, 5);
      });
    }
  });

  it('has of a coarser one the cell over each pixel', async () => {
    const text = gray(
      'back',
      'let mean = image -> averagePool(4)\n  let back = mean -> upsample(4)',
    );
    const image = pictureOf(16, 8);
    const { data, tile, cells } = await mapOf(text, 'mean', image, { window: 16, channel: 0 });
    expect([tile, cells]).toEqual([
      { width: 16, height: 8 },
      { width: 4, height: 2 },
    ]);
    data.forEach((value, i) => {
      const [top, left] = [4 * Math.floor(i / 16 / 4), 4 * Math.floor((i % 16) / 4)];
      let sum = 0;
      for (let y = top; y < top + 4; y++) {
        for (let x = left; x < left + 4; x++) sum += image.data[y * 16 + x]!;
      }
      expect(value).toBeCloseTo(sum / 16, 5);
    });
  });

  it('lies where its windows do when convolutions do not pad', async () => {
    const pool = (window: number) => `averagePool(${window}, stride: 1, padding: "valid")`;
    const text = gray('end', `let inner = image -> ${pool(3)}\n  let end = inner -> ${pool(5)}`);
    const image = pictureOf(19, 17);
    const { data } = await mapOf(text, 'inner', image, { window: 12, channel: 0 });
    // Beyond the edges the image is mirrored; only inside is the mean over it as it is.
    for (let y = 1; y < 16; y++) {
      for (let x = 1; x < 18; x++) {
        let sum = 0;
        for (const dy of [-1, 0, 1]) {
          for (const dx of [-1, 0, 1]) sum += image.data[(y + dy) * 19 + x + dx]!;
        }
        expect(data[y * 19 + x]).toBeCloseTo(sum / 9, 5);
      }
    }
  });

  it('is the mean of the absolute values, or one channel', async () => {
    const text = modelOf('both', 'let both = image + image', 2);
    const image = { width: 4, height: 4, data: noise(32) };
    const mean = await mapOf(text, 'both', image, { channels: 2 });
    const second = await mapOf(text, 'both', image, { channels: 2, channel: 1 });
    mean.data.forEach((value, i) => {
      const [a, b] = [image.data[2 * i]!, image.data[2 * i + 1]!];
      expect(value).toBeCloseTo(Math.abs(a) + Math.abs(b), 5);
      expect(second.data[i]).toBeCloseTo(2 * b, 5);
    });
  });

  it('is refused where a size is rounded down, and given where the tile divides', async () => {
    const text = gray(
      'back',
      'let half = image -> maxPool(2, floor: true)\n  let back = (half -> upsample(2), image) -> resizeLike',
    );
    await expect(mapOf(text, 'half', pictureOf(7, 7))).rejects.toThrow(
      'half is rounded down to 3 cells over 7 pixels of a tile',
    );
    expect((await mapOf(text, 'half', pictureOf(8, 8))).cells).toEqual({ width: 4, height: 4 });
  });

  it('is refused where it is no finite number', async () => {
    const text = gray('huge', 'let huge = image * 1');
    const image = { width: 4, height: 4, data: new Float32Array(16).fill(Number.NaN) };
    await expect(mapOf(text, 'huge', image)).rejects.toThrow('no finite numbers');
  });
});
