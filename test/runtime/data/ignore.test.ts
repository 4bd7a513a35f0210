import { describe, expect, it } from 'vitest';
import { still } from '../../../src/runtime/data/augment/augmentation.js';
import { batchMaker, cornersOf } from '../../../src/runtime/data/patches.js';
import { Moments } from '../../../src/runtime/data/preprocess/standardise.js';
import { judged, notJudged, type Sample } from '../../../src/runtime/data/sample.js';
import { overlayOf } from '../../../src/runtime/evaluation/overlay.js';
import { bestGreenThreshold } from '../../../src/runtime/metrics/green-threshold.js';
import { score } from '../../../src/runtime/metrics/score.js';
import { asItIs, drawn } from './samples.js';

/** An image of 16x8, its right half foreground, its upper half not judged. */
const base = drawn(16, 8, (x) => x, 7);
const unjudged: Sample = {
  ...base,
  mask: { ...base.mask, data: base.mask.data.map((v, i) => (i < 64 ? notJudged : v)) },
};
/** The same by a field of view. */
const cut: Sample = {
  ...base,
  fov: { ...base.mask, data: base.mask.data.map((_, i) => (i < 64 ? 0 : 1)) },
};

describe('pixels that nobody judged', () => {
  it('count as little as those outside the field of view', () => {
    expect(judged(base)).toBeNull();
    expect(judged(unjudged)).toEqual(cut.fov!.data);
    const fov = { ...base.mask, data: base.mask.data.map((_, i) => (i % 2 === 0 ? 1 : 0)) };
    expect([...judged({ ...unjudged, fov })!].reduce((a, b) => a + b)).toBe(32);
  });

  it('are the middle of no patch', () => {
    const size = 4;
    const [ours, theirs] = [cornersOf(unjudged, size), cornersOf(cut, size)];
    const all = (corners: typeof ours) =>
      Array.from({ length: corners.count }, (_, i) => corners.at(i));
    expect(all(ours)).toEqual(all(theirs));
    const none = { ...base, mask: { ...base.mask, data: base.mask.data.map(() => notJudged) } };
    expect(cornersOf(none, size).count).toBe(0);
  });

  it.each([1, 2])('have no weight and no class in a batch, of %d channels', async (classes) => {
    const at = async () => ({ ...asItIs(unjudged), corners: cornersOf(unjudged, 8) });
    for (const augment of [still, { ...still, flips: true, rotate: 30, brightness: 0.1 }]) {
      const options = { batch: 4, size: 8, margin: 0, classes, augment, seed: 3 };
      const { target, weight } = await batchMaker({ count: 1, at }, options)(0);
      let [judgedPixels, left] = [0, 0];
      for (let i = 0; i < weight.length; i++) {
        const own = [...target.subarray(i * classes, (i + 1) * classes)];
        expect(own.every((value) => value === 0 || value === 1)).toBe(true);
        if (weight[i] === 1) judgedPixels++;
        else left++;
        if (classes === 2 && weight[i] === 1) expect(own[0]! + own[1]!).toBe(1);
      }
      expect(judgedPixels).toBeGreaterThan(0);
      expect(left).toBeGreaterThan(0);
    }
  });

  it('enter no score, whatever is predicted there', () => {
    const right = base.image.data.map((x) => (x > 7 ? 0.9 : 0.2));
    const wrong = right.map((value, i) => (i < 64 ? 1 - value : value));
    const [perfect] = [score([unjudged], [right], 0.5).metrics];
    expect(perfect).toMatchObject({ f1: 1, ac: 1, hd95: 0 });
    expect(score([unjudged], [wrong], 0.5).metrics).toEqual(perfect);
    expect(score([cut], [wrong], 0.5).metrics).toEqual(perfect);
  });

  it('are in no confusion of several classes', () => {
    const prediction = Float32Array.from({ length: 128 * 3 }, (_, i) => [0.1, 0.8, 0.1][i % 3]!);
    const { confusion } = score([unjudged], [prediction], 0.5, ['a', 'b']);
    expect(confusion).toEqual([
      [0, 32, 0],
      [0, 32, 0],
      [0, 0, 0],
    ]);
  });

  it('are no foreground for the green threshold, and have no colour in an overlay', () => {
    const rgb = (sample: Sample): Sample => ({
      ...sample,
      image: {
        ...sample.image,
        channels: 3,
        data: Float32Array.from(
          { length: 384 },
          (_, i) => 200 - sample.image.data[Math.floor(i / 3)]! * 10,
        ),
      },
    });
    expect(bestGreenThreshold([rgb(unjudged)]).metrics.f1).toBe(1);
    const pixels = overlayOf(rgb(unjudged), new Float32Array(128).fill(0.9), 0.5);
    expect([...pixels.subarray(0, 3)]).toEqual([110, 110, 110]);
    expect([...pixels.subarray(64 * 3, 64 * 3 + 3)]).toEqual([230, 50, 50]);
  });

  it('are still pixels of the image: what is standardised over has them', () => {
    const [all, some] = [new Moments(1), new Moments(1)];
    all.add(base);
    some.add(unjudged);
    expect(some.statistics()).toEqual(all.statistics());
  });
});
