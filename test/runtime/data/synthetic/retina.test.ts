import { describe, expect, it } from 'vitest';
import { drawRetina, syntheticRetinas } from '../../../../src/runtime/data/synthetic/retina.js';
import { confusionAt, scoresOf } from '../../../../src/runtime/metrics/metrics.js';

describe('drawn retinas', () => {
  it('repeat by seed and index, and differ otherwise', async () => {
    expect(drawRetina(64, 3, 1)).toEqual(drawRetina(64, 3, 1));
    expect(drawRetina(64, 4, 1).mask).not.toEqual(drawRetina(64, 3, 1).mask);
    const { train, test } = syntheticRetinas({
      train: 2,
      validation: 0,
      test: 1,
      size: 64,
      seed: 3,
    });
    expect([...train, ...test].map(({ id }) => id)).toEqual(['01', '02', '03']);
    expect(await train[0]!.read()).toEqual(drawRetina(64, 3, 1));
  });

  it('have vessels on a share of the field that a retina has, and none outside it', () => {
    const { mask, fov } = drawRetina(192, 1, 1);
    const count = (data: Uint8Array): number => data.reduce((a, b) => a + b, 0);
    expect(count(mask.data) / count(fov?.data ?? mask.data)).toBeGreaterThan(0.07);
    expect(count(mask.data) / count(fov?.data ?? mask.data)).toBeLessThan(0.25);
    expect(mask.data.every((inside, i) => inside <= (fov?.data[i] ?? 0))).toBe(true);
  });

  it('cannot be solved by the darkness of the green channel', () => {
    const { image, mask } = drawRetina(192, 1, 2);
    const darkness = Float32Array.from(mask.data, (_, i) => -(image.data[i * 3 + 1] ?? 0));
    const thresholds = Array.from({ length: 64 }, (_, n) => -4 * n);
    const best = Math.max(
      ...thresholds.map((t) => scoresOf(confusionAt(darkness, mask.data, t)).f1 ?? 0),
    );
    expect(best).toBeLessThan(0.6);
  });
});
