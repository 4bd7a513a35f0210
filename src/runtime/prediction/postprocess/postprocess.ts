import type { PostprocessStep } from '../../experiments/options/evaluation.js';
import { fillHoles } from './fill-holes.js';
import { keepLargest } from './keep-largest.js';

/** A label map of `width` by `height` to another. */
type Meaning = (labels: Uint8Array, width: number, height: number) => Uint8Array;

const meanings: Readonly<Record<PostprocessStep, Meaning>> = {
  'keep-largest': keepLargest,
  'fill-holes': fillHoles,
};

/**
 * The mask after `steps`, one after the other; `labels` stays as it is.
 * @param labels the class of each pixel, row by row, 0 for the background
 * @param inside 1 where the field of view is: a mask has nothing outside it. Null where all of the image is.
 */
export function postprocessed(
  labels: Uint8Array,
  width: number,
  height: number,
  steps: readonly PostprocessStep[],
  inside: Uint8Array | null = null,
): Uint8Array {
  if (steps.length === 0) return labels;
  const seen = inside === null ? labels : labels.map((label, i) => (inside[i] === 0 ? 0 : label));
  return steps.reduce((mask, step) => meanings[step](mask, width, height), seen);
}
