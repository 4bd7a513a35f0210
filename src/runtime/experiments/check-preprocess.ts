import type { LoadedExperiment } from './load-experiment.js';
import type { PreprocessOptions } from './options/preprocess.js';

/** What no schema can say of a list of steps: their order, and what belongs together. */
export function checkPreprocess(
  steps: PreprocessOptions,
  object: LoadedExperiment['object'],
): void {
  for (const [i, step] of steps.entries()) {
    const path = ['preprocess', i];
    if ('standardise' in step && i < steps.length - 1) {
      const way = 'move it to the end of the list';
      object(path, { message: 'standardise is the last step', way });
    }
    if ('window' in step && step.window.low >= step.window.high) {
      const { low, high } = step.window;
      const message = `a window from ${low} to ${high} is empty`;
      object([...path, 'window'], { message, way: 'give a `low` that lies below `high`' });
    }
  }
}
