import { type Preprocessing, preprocess } from '../data/preprocess.js';
import { judged, type Sample } from '../data/sample.js';
import type { EmptyRule } from '../experiments/options/evaluation.js';
import { type Evaluation, score } from './score.js';

/** How many thresholds are tried, spread evenly over what the pixels have. */
const candidates = 100;

const green: Preprocessing = {
  steps: [{ gray: 'green' }, { standardise: 'image' }],
  channels: 1,
  statistics: null,
};

/**
 * What no network is needed for: a pixel is a vessel where the green channel is dark enough for its
 * image. The threshold is the one with the best pooled F1 on these very images, so the figure
 * flatters the method.
 */
export function bestGreenThreshold(samples: readonly Sample[], empty?: EmptyRule): Evaluation {
  const darkness = samples.map((sample) =>
    preprocess(green, sample).image.data.map((value) => -value),
  );
  const best = bestThreshold(samples, darkness);
  return score(samples, darkness, best, undefined, empty);
}

/** Counts pixels by value once, then walks from the highest value down. */
function bestThreshold(samples: readonly Sample[], values: readonly Float32Array[]): number {
  const [low, high] = [-4, 4];
  const width = (high - low) / candidates;
  const foreground = new Float64Array(candidates);
  const all = new Float64Array(candidates);
  for (const [n, sample] of samples.entries()) {
    const { mask } = sample;
    const counts = judged(sample);
    for (let i = 0; i < mask.data.length; i++) {
      if (counts?.[i] === 0) continue;
      const bin = Math.min(candidates - 1, Math.max(0, Math.floor((values[n]![i]! - low) / width)));
      all[bin]!++;
      foreground[bin]! += mask.data[i]!;
    }
  }
  const positives = foreground.reduce((a, b) => a + b, 0);
  let [best, bestF1, found, predicted] = [high, -1, 0, 0];
  for (let bin = candidates - 1; bin >= 0; bin--) {
    found += foreground[bin]!;
    predicted += all[bin]!;
    const f1 = (2 * found) / Math.max(predicted + positives, 1);
    if (f1 > bestF1) [best, bestF1] = [low + bin * width, f1];
  }
  return best;
}
