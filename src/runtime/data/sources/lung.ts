import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { entriesOf } from './entries.js';
import { filesBelow, isFolder, requireRoot } from './files.js';
import type { Source } from './folder.js';
import { pairFiles } from './pairs.js';
import { patternOf } from './pattern.js';

/** The folders of images and masks: ours, and those of the published collection of slices. */
const layouts = [
  ['images', 'masks'],
  ['2d_images', '2d_masks'],
] as const;

/**
 * Slices of lung CT in Hounsfield units with masks of equal names. Names such as `ID_0012_Z_0101` begin with the patient.
 * Throws one `InputError` with every file that lacks a partner.
 */
export async function openLung(root: string): Promise<Source> {
  await requireRoot(root, 'lung slices');
  const problems: string[] = [];
  for (const [images, masks] of layouts) {
    if (!(await isFolder(join(root, images)))) continue;
    const patterns = {
      images: patternOf(`${images}/{id}.*`, 'images'),
      masks: patternOf(`${masks}/{id}.*`, 'masks'),
      fov: null,
    };
    const pairs = pairFiles(await filesBelow(root), patterns, problems);
    const unassigned = await entriesOf(pairs, { root, labels: null, patientOf }, problems);
    if (unassigned.length === 0 && problems.length === 0) {
      problems.push(`${join(root, images)} holds no picture`);
    }
    if (problems.length > 0) throw new InputError(...problems);
    return { classes: ['lung'], train: [], validation: [], test: [], unassigned };
  }
  const wanted = layouts.map((pair) => pair.join(' and ')).join(', or ');
  throw new InputError(`${root} has no folders ${wanted}: set data.root to the folder around them`);
}

const patientOf = (image: string): string | null => /(\w+?)_Z_\d+\.[^/]*$/.exec(image)?.[1] ?? null;
