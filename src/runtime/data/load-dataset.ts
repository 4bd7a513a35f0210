import type { DataOptions } from '../experiments/experiment.js';
import { readDrive } from './drive.js';
import type { Dataset } from './sample.js';
import { syntheticRetinas } from './synthetic-retina.js';

/** The images an experiment names. Throws `InputError` with all that is wrong with them. */
export async function loadDataset(data: DataOptions): Promise<Dataset> {
  switch (data.kind) {
    case 'drive':
      return readDrive(data.root);
    case 'synthetic-retina':
      return syntheticRetinas(data);
  }
}
