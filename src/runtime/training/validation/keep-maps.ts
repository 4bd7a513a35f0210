import { join } from 'node:path';
import type { Sample } from '../../data/sample.js';
import { writePng } from '../../files/png.js';
import { probabilityMap } from '../../prediction/probability-map.js';
import type { Prepared } from '../../preparation/prepare.js';
import { validationMapFile } from '../../runs/layout.js';

/** Is given what the network says of a whole validation image, after so many steps. */
export type KeepMap = (step: number, sample: Sample, prediction: Float32Array) => Promise<void>;

/** Keeps the maps of the first validation images in a run's folder, as many as the experiment asks for. */
export function mapKeeper(folder: string, { experiment, dataset }: Prepared): KeepMap {
  // Of several classes a map does not say which is meant.
  const count = dataset.classes.length === 1 ? experiment.validation.pictures : 0;
  const kept = new Set(dataset.validation.slice(0, count).map(({ id }) => id));
  return async (step, sample, prediction) => {
    if (!kept.has(sample.id)) return;
    const path = join(folder, validationMapFile(step, sample.id));
    const { width, height } = sample.mask;
    await writePng(path, probabilityMap(sample, prediction), width, height);
  };
}
