import type { Part, PartTexts } from '../parts.js';
import type { PublishedDataset } from './published.js';

/** The official folders of images and masks, by the part they are. */
const official: Readonly<Record<Part, readonly (readonly [string, string])[]>> = {
  train: [
    ['ISBI2016_ISIC_Part1_Training_Data', 'ISBI2016_ISIC_Part1_Training_GroundTruth'],
    ['ISIC-2017_Training_Data', 'ISIC-2017_Training_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Training_Input', 'ISIC2018_Task1_Training_GroundTruth'],
  ],
  validation: [
    ['ISIC-2017_Validation_Data', 'ISIC-2017_Validation_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Validation_Input', 'ISIC2018_Task1_Validation_GroundTruth'],
  ],
  test: [
    ['ISBI2016_ISIC_Part1_Test_Data', 'ISBI2016_ISIC_Part1_Test_GroundTruth'],
    ['ISIC-2017_Test_v2_Data', 'ISIC-2017_Test_v2_Part1_GroundTruth'],
    ['ISIC-2017_Test_Data', 'ISIC-2017_Test_Part1_GroundTruth'],
    ['ISIC2018_Task1-2_Test_Input', 'ISIC2018_Task1_Test_GroundTruth'],
  ],
};

const texts = (part: Part | null, [images, masks]: readonly [string, string]): PartTexts => ({
  part,
  images: `**/${images}/{id}.*`,
  masks: [`**/${masks}/{id}_segmentation.*`],
  fov: null,
});

const parts = (Object.keys(official) as Part[]).flatMap((part) =>
  official[part].map((folders) => texts(part, folders)),
);
const folders = Object.values(official).flat(2);
const isOfficial = new RegExp(`(^|/)(${folders.join('|')})/`, 'i');

/**
 * ISIC 2016, 2017 and 2018 (Codella et al. 2018) in their official folders, also where unpacking made each twice, or in
 * `images` and `masks`; a mask is named as its image with `_segmentation` behind, and `_superpixels` are passed over.
 */
export const isic: PublishedDataset = {
  name: 'ISIC',
  classes: ['lesion'],
  mark: new RegExp(`${isOfficial.source}|(^|/)masks/ISIC_\\d+_segmentation\\.`, 'i'),
  parts: (files) =>
    files.some(({ path }) => isOfficial.test(path)) ? parts : [texts(null, ['images', 'masks'])],
  ignored: /_superpixels\.\w+$/i,
  wanted:
    'folders such as ISIC2018_Task1-2_Training_Input and ISIC2018_Task1_Training_GroundTruth, or images and masks',
};
