import type { Dataset, Entry } from '../data/dataset.js';
import { fundusFov } from '../data/preprocess/fundus.js';
import { findsFov } from '../data/preprocess/steps.js';
import type { Frame } from '../data/sample.js';
import { InputError } from '../errors/errors.js';
import type { PreprocessOptions } from '../experiments/options/preprocess.js';

/**
 * The frame with the field of view that its photograph shows: what a run that was trained inside fields of view needs of an image
 * without one. Throws `InputError` where it is no colour photograph.
 *
 * @param way how to give one
 */
export function withFoundFov<T extends Frame>(frame: T, name: string, way: string): T {
  if (frame.image.channels === 3) return { ...frame, fov: fundusFov(frame.image) };
  throw new InputError(
    `${name} is no colour photograph, and the run was trained inside fields of view: ${way}`,
  );
}

/** Whether fields of view have to be found in the images that are scored, since the run was trained inside some and they have none. */
export const lacksFields = (
  { test, validation }: Dataset,
  trained: boolean,
  steps: PreprocessOptions,
): boolean =>
  trained &&
  !findsFov(steps) &&
  [...test, ...validation].some(({ files }) => files !== null && files.fov === null);

/** The images to score, each with the field of view that it shows where it has none. */
export function withFoundFields(dataset: Dataset): Dataset {
  const way = 'set data.fov to their pattern';
  const found = (entry: Entry): Entry => ({
    ...entry,
    async read() {
      const sample = await entry.read();
      return sample.fov ? sample : withFoundFov(sample, entry.files?.image ?? entry.id, way);
    },
  });
  return { ...dataset, test: dataset.test.map(found), validation: dataset.validation.map(found) };
}
