import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/runtime/data/sample.js';
import { overlayOf } from '../../../src/runtime/evaluation/overlay.js';
import { bestGreenThreshold } from '../../../src/runtime/metrics/green-threshold.js';
import { score } from '../../../src/runtime/metrics/score.js';
import { probabilityMap } from '../../../src/runtime/prediction/probability-map.js';

function sample(id: string, mask: number[], fov: number[] | null, green = mask): Sample {
  const size = { width: mask.length, height: 1 };
  return {
    id,
    image: { ...size, channels: 3, data: Float32Array.from(green.flatMap((g) => [100, g, 100])) },
    mask: { ...size, data: Uint8Array.from(mask) },
    fov: fov && { ...size, data: Uint8Array.from(fov) },
  };
}

describe('scores of images', () => {
  const samples = [sample('a', [1, 1, 0, 0], null), sample('b', [1, 0], null)];
  const predictions = [Float32Array.of(0.9, 0.1, 0.2, 0.3), Float32Array.of(0.8, 0.7)];

  it('pool pixels, and average images, each by itself', () => {
    const { metrics, mean, perImage } = score(samples, predictions, 0.5);
    expect(perImage.map(({ id, se, ac }) => ({ id, se, ac }))).toEqual([
      { id: 'a', se: 0.5, ac: 0.75 },
      { id: 'b', se: 1, ac: 0.5 },
    ]);
    expect(metrics.se).toBeCloseTo(2 / 3, 12);
    expect(metrics.ac).toBeCloseTo(4 / 6, 12);
    expect(mean.se).toBeCloseTo(0.75, 12);
    expect(mean.ac).toBeCloseTo(0.625, 12);
  });

  it('leave out what lies outside the field of view', () => {
    const inside = [sample('a', [1, 1, 0, 0], [1, 0, 1, 1])];
    expect(score(inside, [predictions[0]!], 0.5).metrics).toMatchObject({
      se: 1,
      sp: 1,
      rocAuc: 1,
    });
  });

  it('average only the images where an area is defined', () => {
    const pair = [sample('a', [1, 0], null), sample('empty', [0, 0], null)];
    const { mean } = score(pair, [Float32Array.of(0.2, 0.1), Float32Array.of(0.3, 0.3)], 0.5);
    expect(mean.rocAuc).toBe(1);
  });
});

describe('the distance between boundaries', () => {
  const hd95 = (mask: number[], prediction: number[], fov: number[] | null = null) =>
    score([sample('a', mask, fov)], [Float32Array.from(prediction)], 0.5).metrics.hd95;

  it('is none where nothing is drawn or nothing predicted', () => {
    expect(hd95([0, 0, 0], [0, 0, 0])).toBeNull();
    expect(hd95([0, 1, 0], [0, 0, 0])).toBeNull();
    expect(hd95([0, 0, 0], [0, 1, 0])).toBeNull();
  });

  it('sees nothing outside the field of view', () => {
    expect(hd95([1, 0, 0, 0, 1], [1, 0, 0, 0, 0])).toBeGreaterThan(3);
    expect(hd95([1, 0, 0, 0, 1], [1, 0, 0, 0, 0], [1, 1, 1, 1, 0])).toBe(0);
  });

  it('is pooled over the images that have one', () => {
    const samples = [sample('a', [1, 0, 0], null), sample('b', [0, 0, 0], null)];
    const predictions = [Float32Array.of(0, 0, 1), Float32Array.of(1, 0, 0)];
    const { metrics, mean, perImage } = score(samples, predictions, 0.5);
    expect(perImage.map((image) => image.hd95)).toEqual([2, null]);
    expect([metrics.hd95, mean.hd95]).toEqual([2, 2]);
  });
});

describe('calibration', () => {
  it('is not given for values that are no probabilities', () => {
    expect(score([sample('a', [1, 0], null)], [Float32Array.of(4, -4)], 0).metrics.ece).toBeNull();
  });
});

describe('the green channel', () => {
  it('is scored at the threshold that suits it best', () => {
    const dark = [40, 45, 200, 210, 205, 60];
    const { metrics } = bestGreenThreshold([sample('a', [1, 1, 0, 0, 0, 0], null, dark)]);
    // The third dark pixel is no vessel, but lighter than both that are.
    expect(metrics).toMatchObject({ f1: 1, rocAuc: 1 });
  });
});

describe('pictures of a prediction', () => {
  const one = sample('a', [1, 0, 1, 0, 1], [1, 1, 1, 1, 0], [100, 100, 100, 100, 100]);
  const prediction = Float32Array.of(0.8, 0.8, 0.1, 0.1, 0.8);

  it('tell found, false positive, missed and nothing apart, and show the image below', () => {
    const pixels = overlayOf(one, prediction, 0.5);
    const colours = [0, 1, 2, 3, 4].map((i) => [...pixels.subarray(i * 3, i * 3 + 3)]);
    const strongest = colours.slice(0, 3).map((colour) => colour.indexOf(Math.max(...colour)));
    expect(strongest).toEqual([1, 0, 2]);
    expect(colours[3]).toEqual([55, 55, 55]);
    expect(colours[4]).toEqual(colours[3]);
  });

  it('show measurements from the least to the greatest', () => {
    const scan = sample('a', [0, 0, 0], [1, 1, 1], [-1000, 0, 1000]);
    const pixels = overlayOf(scan, Float32Array.of(0, 0, 0), 0.5);
    // These are its green.
    expect([pixels[1], pixels[4], pixels[7]]).toEqual([0, 70, 140]);
  });

  it('hold probabilities as grey values, and nothing outside the field of view', () => {
    expect([...probabilityMap(one, prediction)]).toEqual([204, 204, 26, 26, 0]);
  });
});
