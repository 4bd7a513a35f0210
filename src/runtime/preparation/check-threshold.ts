import type { Dataset } from '../data/dataset.js';
import type { Experiment } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';

/** Reports a threshold that is to be chosen where there is nothing to choose it on, or nothing to choose. */
export function checkThreshold(
  { evaluation }: Experiment,
  { classes, validation }: Dataset,
  object: LoadedExperiment['object'],
): void {
  if (evaluation.threshold !== 'validation') return;
  const path = ['evaluation', 'threshold'];
  if (classes.length > 1) {
    object(path, {
      message: `${classes.length} classes have no threshold: a pixel is of the likeliest class`,
      way: 'leave evaluation.threshold out',
    });
  } else if (validation.length === 0) {
    object(path, {
      message: 'the dataset has no validation images to choose a threshold on',
      way: 'write `threshold: 0.5`, or keep validation images apart by data.split',
      text: '0.5',
    });
  }
}
