import { nameOf, type PreprocessOptions } from '../data/preprocess/steps.js';
import type { Path } from '../yaml/source.js';

/** What no schema can say of a list of steps: their order, and what belongs together. */
export function checkPreprocess(
  steps: PreprocessOptions,
  object: (path: Path, message: string) => void,
): void {
  for (const [i, step] of steps.entries()) {
    const path = ['preprocess', i];
    if (nameOf(step) === 'standardise' && i < steps.length - 1) {
      object(path, 'standardise is the last step: move it to the end of the list');
    }
    if ('window' in step && step.window.low >= step.window.high) {
      const { low, high } = step.window;
      object([...path, 'window'], `a window from ${low} to ${high} is empty: low lies below high`);
    }
  }
}
