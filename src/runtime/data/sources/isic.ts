import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.js';
import type { Entry } from '../dataset.js';
import { entriesOf } from './entries.js';
import { filesBelow, isFolder, requireRoot } from './files.js';
import { repeatedIds, type Source } from './folder.js';
import { pairFiles } from './pairs.js';
import { patternOf } from './pattern.js';

/** The official folders of images and masks, by the part they are. */
const official = {
  train: [
    ['ISIC-2017_Training_Data', 'ISIC-2017_Training_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Training_Input', 'ISIC2018_Task1_Training_GroundTruth'],
  ],
  validation: [
    ['ISIC-2017_Validation_Data', 'ISIC-2017_Validation_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Validation_Input', 'ISIC2018_Task1_Validation_GroundTruth'],
  ],
  test: [
    ['ISIC-2017_Test_v2_Data', 'ISIC-2017_Test_v2_Part1_GroundTruth'],
    ['ISIC-2017_Test_Data', 'ISIC-2017_Test_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Test_Input', 'ISIC2018_Task1_Test_GroundTruth'],
  ],
} as const;

const plain = [['images', 'masks']] as const;

/**
 * ISIC 2017 and 2018 (Codella et al. 2018) in their official folders, or in `images` and `masks`; a mask is named as its
 * image with `_segmentation` behind, and `_superpixels` are passed over. The images are divided as the folders are, where
 * those of a test set are there; else they are one pool. Throws one `InputError` with every file that lacks a partner.
 */
export async function openIsic(root: string): Promise<Source> {
  await requireRoot(root, 'ISIC');
  const problems: string[] = [];
  const train = await entriesIn(root, official.train, problems);
  const validation = await entriesIn(root, official.validation, problems);
  const test = await entriesIn(root, official.test, problems);
  const others = await entriesIn(root, plain, problems);
  const given =
    test.length > 0 && train.length > 0
      ? { train, validation, test, unassigned: others }
      : {
          train: [],
          validation: [],
          test: [],
          unassigned: [...train, ...validation, ...test, ...others],
        };
  if (Object.values(given).every((part) => part.length === 0) && problems.length === 0) {
    const here = (await readdir(root)).slice(0, 5).join(', ');
    problems.push(
      `${root} has none of the folders ${official.train.flat().join(', ')}, images, masks (it has ${here || 'nothing'}): set data.root to the folder around them`,
    );
  }
  problems.push(...repeatedIds(given));
  if (problems.length > 0) throw new InputError(...problems);
  return { classes: ['lesion'], ...given };
}

async function entriesIn(
  root: string,
  folders: readonly (readonly [string, string])[],
  problems: string[],
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const [images, masks] of folders) {
    const there = await Promise.all([images, masks].map((name) => isFolder(join(root, name))));
    if (!there.some(Boolean)) continue;
    const files = await Promise.all(
      [images, masks].map(async (name, i) =>
        there[i] ? (await filesBelow(join(root, name))).map((file) => `${name}/${file}`) : [],
      ),
    );
    const patterns = {
      images: patternOf(`${images}/{id}.*`, 'images'),
      masks: patternOf(`${masks}/{id}_segmentation.*`, 'masks'),
      fov: null,
    };
    const pictures = files.flat().filter((file) => !/_superpixels\.\w+$/i.test(file));
    const pairs = pairFiles(pictures, patterns, problems);
    entries.push(
      ...(await entriesOf(pairs, { root, labels: null, patientOf: () => null }, problems)),
    );
  }
  return entries;
}
