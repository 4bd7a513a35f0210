import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { clahe } from '../../../../src/runtime/data/preprocess/clahe.js';
import { drawn } from '../samples.js';

interface Peer {
  readonly image: number[][];
  readonly cases: readonly { clip: number; tiles: number; result: number[][] }[];
}
const path = new URL('./clahe-opencv.json', import.meta.url);
const peer: Peer = JSON.parse(readFileSync(path, 'utf8'));

const spreadOf = (data: Float32Array): number => Math.max(...data) - Math.min(...data);

describe('adaptive equalisation', () => {
  const { image, cases } = peer;
  const [height, width] = [image.length, image[0]!.length];

  it.each(cases)(
    'is that of OpenCV with clip $clip and $tiles tiles, but for its rounding',
    ({ clip, tiles, result }) => {
      const { data } = clahe(
        drawn(width, height, (x, y) => image[y]![x]!),
        { clip, tiles },
      ).image;
      const apart = result.flat().map((value, i) => Math.abs(value - data[i]!));
      expect(Math.max(...apart)).toBeLessThanOrEqual(0.501);
    },
  );

  it('stretches a faint contrast, the more the higher the clip', () => {
    const faint = drawn(64, 64, (x, y) => 120 + ((x * 3 + y * 5) % 10));
    const [little, much] = [1, 8].map((clip) => clahe(faint, { clip, tiles: 2 }).image.data);
    expect(spreadOf(much!)).toBeGreaterThan(2 * spreadOf(little!));
    expect(spreadOf(much!)).toBeGreaterThan(3 * 9);
  });

  it('keeps the order of values where one tile is the whole image', () => {
    const ramp = drawn(16, 16, (x, y) => y * 16 + x);
    const { data } = clahe(ramp, { clip: 3, tiles: 1 }).image;
    for (let i = 1; i < 256; i++) expect(data[i]).toBeGreaterThanOrEqual(data[i - 1]!);
  });

  it('moves the channels of a colour by as much as its luminance, so grey stays grey', () => {
    const { image: grey, ...rest } = drawn(16, 16, (x, y) => 100 + ((x + y) % 7));
    const data = Float32Array.from({ length: 768 }, (_, i) => grey.data[Math.floor(i / 3)]!);
    const seen = clahe({ ...rest, image: { ...grey, channels: 3, data } }, { clip: 4, tiles: 2 });
    const alone = clahe({ ...rest, image: grey }, { clip: 4, tiles: 2 });
    for (const [i, value] of seen.image.data.entries()) {
      expect(value).toBeCloseTo(alone.image.data[Math.floor(i / 3)]!, 3);
    }
  });
});
