import type { PublishedDataset } from './published.js';

/** HRF (Budai et al. 2013): `images/15_dr.JPG`, `manual1/15_dr.tif`, `mask/15_dr_mask.tif`. */
export const hrf: PublishedDataset = {
  name: 'HRF',
  classes: ['vessel'],
  mark: /(^|\/)manual1\/\d+_(dr|g|h)\./i,
  parts: () => [
    {
      part: null,
      images: '**/images/{id}.*',
      masks: ['**/manual1/{id}.*'],
      fov: '**/mask/{id}_mask.*',
    },
  ],
  wanted: 'images, manual1 and mask',
};

/**
 * STARE (Hoover et al. 2000): `im0001.ppm` with Adam Hoover's `im0001.ah.ppm`, in one folder or several, gzipped or not.
 * Valentina Kouznetsova's `im0001.vk.ppm` are passed over. No field of view.
 */
export const stare: PublishedDataset = {
  name: 'STARE',
  classes: ['vessel'],
  mark: /(^|\/)im\d+\.ah\./i,
  id: '\\d+',
  parts: () => [{ part: null, images: '**/im{id}.*', masks: ['**/im{id}.ah.*'], fov: null }],
  wanted: 'im0001.ppm and im0001.ah.ppm',
};

/**
 * CHASE_DB1 (Fraz et al. 2012): `Image_01L.jpg` with the first observer's `Image_01L_1stHO.png`; those of the second are
 * passed over. Both eyes are of one child. No field of view.
 */
export const chase: PublishedDataset = {
  name: 'CHASE_DB1',
  classes: ['vessel'],
  mark: /(^|\/)Image_\d+[LR]_1stHO\./i,
  id: '\\d+[LR]',
  parts: () => [
    { part: null, images: '**/Image_{id}.*', masks: ['**/Image_{id}_1stHO.*'], fov: null },
  ],
  patient: /Image_(\d+)[LR]\.[^/]*$/i,
  wanted: 'Image_01L.jpg and Image_01L_1stHO.png',
};
