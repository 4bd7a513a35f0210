import { describe, expect, it } from 'vitest';
import { prOf, rocOf } from '../../src/runtime/metrics/curves.js';
import { rank } from '../../src/runtime/metrics/ranking.js';
import { thresholdOf } from '../../src/runtime/prediction/map-byte.js';
import type { ScoredCurve } from '../../src/runtime/runs/read-run.js';
import { placesOn } from '../../src/runtime/viewing/curve-places.js';

/** Pixels whose probabilities lean to their ground truth, the same at each call. */
function pixels(count: number, values: (share: number) => number) {
  const target = Uint8Array.from({ length: count }, (_, i) => (i % 7 === 0 ? 1 : 0));
  const at = (i: number) => values(((i * 0.6180339887) % 1) * 0.7 + 0.3 * target[i]!);
  return { target, probabilities: Float32Array.from({ length: count }, (_, i) => at(i)) };
}

function curvesOf({ target, probabilities }: ReturnType<typeof pixels>) {
  const ranked = rank(probabilities, target);
  const roc = rocOf('', ranked).points;
  const pr = prOf('', ranked).points;
  return {
    roc: {
      x: roc.map(({ fpr }) => fpr),
      y: roc.map(({ tpr }) => tpr),
      thresholds: roc.map(({ threshold }) => threshold),
    },
    pr: {
      x: pr.map(({ recall }) => recall),
      y: pr.map(({ precision }) => precision),
      thresholds: pr.map(({ threshold }) => threshold),
    },
  };
}

/** What the pixels of at least a threshold are, counted one by one. */
function counted({ target, probabilities }: ReturnType<typeof pixels>, threshold: number) {
  let [tp, fp, positives] = [0, 0, 0];
  for (const [i, truth] of target.entries()) {
    positives += truth;
    if (probabilities[i]! < threshold) continue;
    if (truth === 1) tp++;
    else fp++;
  }
  const tpr = tp / positives;
  return {
    roc: [fp / (target.length - positives), tpr],
    pr: tp + fp === 0 ? null : [tpr, tp / (tp + fp)],
  };
}

describe('where a curve is at a threshold', () => {
  it.each([
    ['few pixels', pixels(300, (share) => share), 1e-4],
    ['pixels of four probabilities', pixels(5000, (share) => Math.ceil(share * 4) / 5), 1e-4],
    ['so many that the curve is thinned', pixels(80_000, (share) => share), 1e-4],
  ])('is what is found with it, of %s', (_, some, apart) => {
    const { roc, pr } = curvesOf(some);
    const places = { roc: placesOn(roc)!, pr: placesOn(pr)! };
    expect(places.roc).toHaveLength(255);
    for (const byte of [1, 20, 60, 110, 128, 150, 200, 240, 255]) {
      const found = counted(some, thresholdOf(byte));
      for (const kind of ['roc', 'pr'] as const) {
        const told = places[kind][byte - 1]!;
        const off = (found[kind] ?? told).map((value, i) => Math.abs(value - told[i]!));
        expect([kind, byte, Math.max(...off) <= apart]).toEqual([kind, byte, true]);
      }
    }
  });

  it.each<[string, ScoredCurve['thresholds']]>([
    ['are not told', [null, null, null]],
    ['rise', [null, 0.2, 0.6]],
    ['are above what a probability can be', [null, 1.5, 0.6]],
  ])('is not known where its thresholds %s', (_, thresholds) => {
    expect(placesOn({ x: [0, 0.5, 1], y: [0, 0.5, 1], thresholds })).toBe(null);
  });
});
