import type { DataOptions } from '../experiments/experiment.js';
import { validate } from '../experiments/validate.js';
import { filesBelow, requireRoot } from './sources/files.js';
import { kindOf } from './sources/known.js';

/** The dataset in a folder that no experiment describes, by its names: where none is known, images and masks. */
export async function layoutOf(root: string): Promise<DataOptions> {
  await requireRoot(root, 'images and masks');
  const kind = kindOf(await filesBelow(root));
  if (kind !== undefined) return { kind, root, split: null, cache: null };
  const experiment = { data: { kind: 'folder', root } };
  // Only for the defaults that the schema has for such a folder.
  validate(experiment);
  return experiment.data as unknown as DataOptions;
}
