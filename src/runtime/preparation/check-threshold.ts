import type { Dataset } from '../data/dataset.js';
import type { Experiment } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';

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
