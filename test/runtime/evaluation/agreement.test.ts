import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Sample } from '../../../src/runtime/data/sample.js';
import type { Metrics } from '../../../src/runtime/metrics/agreement.js';
import { hd95Of, surfaceDistances } from '../../../src/runtime/metrics/boundary.js';
import { squaredDistances } from '../../../src/runtime/metrics/distance-transform.js';
import { bestThreshold, rank } from '../../../src/runtime/metrics/ranking.js';
import { score } from '../../../src/runtime/metrics/score.js';

/** What bench/peers/metrics/fixtures.py wrote: the figures of scikit-learn and scipy. */
const read = (name: string) =>
  JSON.parse(readFileSync(new URL(`../../fixtures/metrics/${name}.json`, import.meta.url), 'utf8'));

const sampleOf = (target: readonly number[]): Sample => {
  const size = { width: target.length, height: 1 };
  return {
    id: 'a',
    image: { ...size, channels: 1, data: new Float32Array(target.length) },
    mask: { ...size, data: Uint8Array.from(target) },
    fov: null,
  };
};

type Figures = Partial<Metrics>;

function expectFigures(actual: Metrics, expected: Figures): void {
  for (const [name, figure] of Object.entries(expected)) {
    const own = actual[name as keyof Metrics];
    if (figure === null) expect(own, name).toBeNull();
    else expect(Math.abs(own! - figure), name).toBeLessThan(1e-9);
  }
}

interface ScoreCase {
  readonly name: string;
  readonly target: number[];
  readonly probabilities: number[];
  readonly threshold: number;
  /** Null where the figure would be 0/0. */
  readonly figures: Figures;
  /** The same where 0/0 is to count as 1. */
  readonly figuresOne: Figures;
  readonly bestF1: number | null;
}

describe('figures of one class are those of scikit-learn', () => {
  it.each(read('scores') as ScoreCase[])('$name', (given) => {
    const probabilities = Float32Array.from(given.probabilities);
    const { metrics } = score([sampleOf(given.target)], [probabilities], given.threshold);
    expectFigures(metrics, given.figures);
  });

  it.each(read('scores') as ScoreCase[])('with 0/0 as 1: $name', (given) => {
    const predictions = [Float32Array.from(given.probabilities)];
    const { metrics } = score([sampleOf(given.target)], predictions, given.threshold, ['x'], 'one');
    expectFigures(metrics, given.figuresOne);
  });

  it.each((read('scores') as ScoreCase[]).filter(({ bestF1 }) => bestF1 !== null))(
    'no threshold has a greater F1: $name',
    ({ target, probabilities, bestF1 }) => {
      const { threshold, f1 } = bestThreshold(rank(probabilities, target))!;
      expect(f1).toBeCloseTo(bestF1!, 12);
      const { metrics } = score([sampleOf(target)], [Float32Array.from(probabilities)], threshold);
      expect(metrics.f1).toBeCloseTo(bestF1!, 12);
    },
  );
});

describe('figures of several classes', () => {
  const { target, probabilities, confusion, classes } = read('classes');
  const evaluation = score([sampleOf(target)], [Float32Array.from(probabilities)], 0.5, [
    'left',
    'right',
  ]);

  it('are those of each class against the rest', () => {
    for (const [k, figures] of (classes as Figures[]).entries()) {
      expectFigures(evaluation.classes[k]!.metrics, figures);
    }
    expect(evaluation.classes.map(({ name }) => name)).toEqual(['left', 'right']);
  });

  it('are averaged over the classes of the foreground', () => {
    const mean = (key: keyof Metrics) =>
      classes.reduce((sum: number, figures: Metrics) => sum + figures[key]!, 0) / classes.length;
    for (const key of ['f1', 'rocAuc', 'ece'] as const) {
      expect(evaluation.metrics[key]).toBeCloseTo(mean(key), 10);
    }
  });

  it('come with the pixels of each pair of a drawn and a predicted class', () => {
    expect(evaluation.confusion).toEqual(confusion);
  });
});

interface EdgeCase {
  readonly name: string;
  readonly height: number;
  readonly width: number;
  readonly drawn: number[];
  readonly predicted: number[];
  readonly toPredicted: number[];
  readonly hd95: number;
}

describe('distances between surfaces are those of scipy', () => {
  it.each(read('edges') as EdgeCase[])('$name', (given) => {
    const { width, height, hd95 } = given;
    const [drawn, predicted] = [given.drawn, given.predicted].map((mask) => Uint8Array.from(mask));
    const own = hd95Of(surfaceDistances(drawn!, predicted!, width, height));
    expect(Math.abs(own! - hd95)).toBeLessThan(1e-9);
    // The same whichever of the two was drawn.
    expect(hd95Of(surfaceDistances(predicted!, drawn!, width, height))).toBe(own);
  });

  it.each(read('edges') as EdgeCase[])('to each pixel: $name', (given) => {
    const { width, height, toPredicted } = given;
    const surface = Uint8Array.from(toPredicted, (squared) => (squared === 0 ? 1 : 0));
    expect([...squaredDistances(surface, width, height)]).toEqual(toPredicted);
  });
});
