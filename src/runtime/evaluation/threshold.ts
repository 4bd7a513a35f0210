import type { Dataset } from '../data/dataset.js';
import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import { bestThreshold, type Ranked } from '../metrics/ranking.js';

/** What probabilities are held against, and how it came about. */
export interface Threshold {
  readonly threshold: number;
  /** `fixed` by the experiment or the command, or chosen on the `validation` images. */
  readonly thresholdFrom: 'fixed' | 'validation';
}

/** Reports a threshold that is to be chosen where there is nothing to choose it on, or nothing to choose. */
export function checkThreshold(
  { evaluation }: Experiment,
  { classes, validation }: Dataset,
  misfit: LoadedExperiment['misfit'],
): void {
  if (evaluation.threshold !== 'validation') return;
  const path = ['evaluation', 'threshold'];
  if (classes.length > 1) {
    misfit(path, { kind: 'thresholdOfClasses', classes: classes.length });
  } else if (validation.length === 0) {
    misfit(path, { kind: 'thresholdUnknown' });
  }
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
