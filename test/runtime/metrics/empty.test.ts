import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/runtime/data/sample.js';
import { type Metrics, score } from '../../../src/runtime/metrics/score.js';

function sample(id: string, mask: number[], fov: number[] | null = null): Sample {
  const size = { width: mask.length, height: 1 };
  return {
    id,
    image: { ...size, channels: 1, data: new Float32Array(mask.length) },
    mask: { ...size, data: Uint8Array.from(mask) },
    fov: fov && { ...size, data: Uint8Array.from(fov) },
  };
}

const nothing = Float32Array.of(0.1, 0.1, 0.2, 0.1);
const falsePositive = Float32Array.of(0.1, 0.9, 0.2, 0.1);

describe('images in which nothing is drawn and nothing found', () => {
  // Three slices beside the lesion, rightly left empty, and one through it, half found.
  const samples = [
    ...['a', 'b', 'c'].map((id) => sample(id, [0, 0, 0, 0])),
    sample('d', [1, 1, 0, 0]),
  ];
  const predictions = [nothing, nothing, nothing, Float32Array.of(0.9, 0.1, 0.1, 0.1)];

  it('have no Dice, and do not pull the mean of the others down', () => {
    const { mean, perImage, imagesInMean } = score(samples, predictions, 0.5);
    expect(perImage.map(({ f1 }) => f1)).toEqual([null, null, null, 2 / 3]);
    expect(mean).toMatchObject({ f1: 2 / 3, jaccard: 1 / 2, se: 1 / 2, precision: 1, sp: 1 });
    expect(imagesInMean).toMatchObject({ ac: 4, sp: 4, ece: 4 });
    for (const key of ['f1', 'jaccard', 'se', 'precision', 'rocAuc', 'prAuc', 'hd95'] as const) {
      expect(imagesInMean[key], key).toBe(1);
    }
  });

  it('count as 1 by the convention of challenges', () => {
    const { mean, imagesInMean } = score(samples, predictions, 0.5, undefined, 'one');
    expect(mean.f1).toBeCloseTo((3 + 2 / 3) / 4, 12);
    expect(mean.jaccard).toBeCloseTo((3 + 1 / 2) / 4, 12);
    expect(mean).toMatchObject({ se: (3 + 1 / 2) / 4, precision: 1 });
    expect(imagesInMean).toMatchObject({ f1: 4, se: 4, hd95: 4, rocAuc: 1 });
  });

  it('count as 0 as soon as there is a false positive, by both', () => {
    for (const empty of ['skip', 'one'] as const) {
      const { perImage } = score([samples[0]!], [falsePositive], 0.5, undefined, empty);
      expect(perImage[0]).toMatchObject({ f1: 0, jaccard: 0, precision: 0, hd95: null });
    }
  });

  it('have no pooled figures where there is nothing else', () => {
    const { metrics, mean } = score(samples.slice(0, 3), predictions.slice(0, 3), 0.5);
    for (const one of [metrics, mean]) {
      expect(one).toMatchObject({ ac: 1, sp: 1, f1: null, se: null, jaccard: null, hd95: null });
    }
    const challenge = score(samples.slice(0, 3), predictions.slice(0, 3), 0.5, undefined, 'one');
    expect(challenge.metrics).toMatchObject({ f1: 1, se: 1, jaccard: 1, hd95: 0, rocAuc: null });
  });
});

describe('a field of view', () => {
  it('without a pixel leaves an image without scores, by both conventions', () => {
    for (const empty of ['skip', 'one'] as const) {
      const samples = [sample('a', [1, 1, 0, 0], [0, 0, 0, 0]), sample('b', [1, 1, 0, 0])];
      const predictions = [falsePositive, falsePositive];
      const { perImage, mean, metrics } = score(samples, predictions, 0.5, undefined, empty);
      const { id: _, ...first } = perImage[0]!;
      expect(new Set(Object.values(first))).toEqual(new Set([null]));
      expect(mean.f1).toBe(perImage[1]!.f1);
      expect(metrics.ac).toBe(perImage[1]!.ac);
    }
  });

  it('is counted where an image has one', () => {
    const samples = [sample('a', [1, 0], [1, 0]), sample('b', [1, 0])];
    const predictions = [Float32Array.of(1, 0), Float32Array.of(1, 0)];
    expect(score(samples, predictions, 0.5).fieldsOfView).toBe(1);
  });
});

describe('an image of one pixel', () => {
  it('has the scores that are defined for it', () => {
    const of = (mask: number, p: number): Metrics =>
      score([sample('a', [mask])], [Float32Array.of(p)], 0.5).metrics;
    expect(of(1, 0.9)).toMatchObject({ ac: 1, se: 1, sp: null, f1: 1, hd95: 0, rocAuc: null });
    expect(of(0, 0.1)).toMatchObject({ ac: 1, se: null, sp: 1, f1: null, hd95: null });
  });
});

describe('a class that is absent', () => {
  const classes = ['left', 'right'];
  const of = (labels: readonly number[]): Float32Array =>
    Float32Array.from(labels.flatMap((label) => [0, 1, 2].map((k) => (k === label ? 0.9 : 0.05))));
  const samples = [sample('a', [1, 1, 0, 0]), sample('b', [1, 0, 2, 0])];
  const predictions = [of([1, 0, 0, 0]), of([1, 0, 2, 0])];

  it('leaves the mean over classes to the others', () => {
    const { perImage, mean, classes: each } = score(samples, predictions, 0.5, classes);
    expect(perImage.map(({ f1 }) => f1)).toEqual([2 / 3, 1]);
    expect(mean.f1).toBeCloseTo((2 / 3 + 1) / 2, 12);
    const [left, right] = each;
    expect([left!.imagesInMean.f1, right!.imagesInMean.f1]).toEqual([2, 1]);
    expect([left!.mean.f1, right!.mean.f1]).toEqual([(2 / 3 + 1) / 2, 1]);
  });

  it('has no figures where it is in no image, and is no 0 in the pooled mean', () => {
    const { metrics, classes: each } = score([samples[0]!], [predictions[0]!], 0.5, classes);
    expect(each[1]!.metrics).toMatchObject({ f1: null, se: null, precision: null, sp: 1 });
    expect(metrics.f1).toBe(each[0]!.metrics.f1);
  });

  it('counts as found by the convention of challenges, and as 0 once there is a false positive', () => {
    const { perImage } = score(samples, predictions, 0.5, classes, 'one');
    expect(perImage[0]!.f1).toBeCloseTo((2 / 3 + 1) / 2, 12);
    const wrong = score([samples[0]!], [of([1, 0, 0, 2])], 0.5, classes, 'one');
    expect(wrong.perImage[0]!.f1).toBeCloseTo(2 / 3 / 2, 12);
  });
});
