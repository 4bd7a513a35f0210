import type { LoadedExperiment } from './load-experiment.js';
import type { PreprocessOptions } from './options/preprocess.js';

/** What no schema can say of a list of steps: their order, and what belongs together. */
export function checkPreprocess(
  steps: PreprocessOptions,
  misfit: LoadedExperiment['misfit'],
): void {
  for (const [i, step] of steps.entries()) {
    const path = ['preprocess', i];
    if ('standardise' in step && i < steps.length - 1) {
      misfit(path, { kind: 'notLast', step: 'standardise' });
    }
    if ('window' in step && step.window.low >= step.window.high) {
      const { low, high } = step.window;
      misfit([...path, 'window'], { kind: 'emptyWindow', low, high });
    }
  }
}
