import { join } from 'node:path';
import type { DataOptions } from '../experiments/experiment.js';
import { validate } from '../experiments/validate.js';
import { isFolder } from './sources/files.js';

/** Folders by which a dataset is known, the most telling first. */
const marks = [
  ['drive', 'training/1st_manual'],
  ['isic', 'ISIC-2017_Training_Data'],
  ['isic', 'ISIC2018_Task1-2_Training_Input'],
  ['lung', '2d_images'],
] as const;

/** The dataset in a folder that no experiment describes, by its layout: where none is known, images and masks. */
export async function layoutOf(root: string): Promise<DataOptions> {
  for (const [kind, folder] of marks) {
    if (await isFolder(join(root, folder))) return { kind, root, split: null, cache: null };
  }
  const experiment = { data: { kind: 'folder', root } };
  // Only for the defaults that the schema has for such a folder.
  validate(experiment);
  return experiment.data as unknown as DataOptions;
}
