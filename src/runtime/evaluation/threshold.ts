import { InputError } from '../errors/errors.js';
import { bestThreshold, type Ranked } from '../metrics/ranking.js';

/** What probabilities are held against, and how it came about. */
export interface Threshold {
  readonly threshold: number;
  /** `fixed` by the experiment or the command, or chosen on the `validation` images. */
  readonly thresholdFrom: 'fixed' | 'validation';
}

/** The threshold with the greatest F1 over the pixels of the validation images. */
export function chosenThreshold(ranked: Ranked): Threshold {
  const best = bestThreshold(ranked);
  if (best === null) {
    throw new InputError(
      'the ground truth of the validation images has no foreground, so no threshold can be chosen: set evaluation.threshold to a number',
    );
  }
  return { threshold: best.threshold, thresholdFrom: 'validation' };
}
