import type { Augmentation } from '../../experiments/options/augment.js';
import type { Statistics } from '../preprocess/standardise.js';
import type { Seen } from '../preprocess.js';
import { purposes, type Random, randomOf } from '../random.js';
import { bends, colours } from './augmentation.js';
import { colourPatch } from './colour.js';
import { bendPlaces, turnedPlaces } from './places.js';
import { copyPatch, type Patch, resamplePatch } from './resample.js';

/** Where a patch is cut, and what it is keyed by. */
export interface Cut {
  readonly left: number;
  readonly top: number;
  readonly size: number;
  readonly seed: number;
  readonly step: number;
  /** Its position in the batch. */
  readonly position: number;
}

/**
 * Cuts one augmented patch into `patch`. It is resampled once, whatever moves it; colours change after that, on values of 0
 * to 255 as they were before they were standardised, and not outside the field of view.
 * @param random goes on drawing flips and quarter turns
 */
export function cutPatch(
  { sample, scaling }: Seen,
  { left, top, size, seed, step, position }: Cut,
  augment: Augmentation,
  random: Random,
  patch: Patch,
): void {
  const places = turnedPlaces(size, augment, random);
  if (bends(augment)) {
    bendPlaces(places, size, augment, randomOf(seed, purposes.bending, step, position));
    resamplePatch(sample, places, left, top, patch);
  } else copyPatch(sample, places, left, top, patch);
  if (!colours(augment)) return;
  rescale(patch, scaling, (value, mean, deviation) => value * deviation + mean);
  const own = randomOf(seed, purposes.colouring, step, position);
  colourPatch(patch.image, patch.field, augment, own);
  rescale(patch, scaling, (value, mean, deviation) => (value - mean) / deviation);
}

/** What is outside the field of view stays 0. */
function rescale(
  { image, field }: Patch,
  { mean, deviation }: Statistics,
  change: (value: number, mean: number, deviation: number) => number,
): void {
  const channels = image.length / field.length;
  for (let i = 0; i < field.length; i++) {
    if (field[i] === 0) continue;
    for (let c = 0; c < channels; c++) {
      const at = i * channels + c;
      image[at] = change(image[at]!, mean[c]!, deviation[c]!);
    }
  }
}
