import type { PublishedDataset } from './published.js';

/** Slices of lung CT in Hounsfield units with masks of equal names; `ID_0012_Z_0101` begins with the patient. */
export const lung: PublishedDataset = {
  name: 'lung slices',
  classes: ['lung'],
  mark: /(^|\/)2d_masks\/|(^|\/)masks\/ID_\d+_Z_\d+\./i,
  parts: (files) => {
    const published = files.some(({ path }) => /(^|\/)2d_images\//i.test(path)) ? '2d_' : '';
    return [
      {
        part: null,
        images: `**/${published}images/{id}.*`,
        masks: [`**/${published}masks/{id}.*`],
        fov: null,
      },
    ];
  },
  patient: /(\w+?)_Z_\d+\.[^/]*$/,
  wanted: 'images and masks, or 2d_images and 2d_masks',
};
