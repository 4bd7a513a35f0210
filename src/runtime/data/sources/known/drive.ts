import type { PartTexts } from '../parts.js';
import type { PublishedDataset } from './published.js';

/** Files begin with the number of their image, whatever follows. */
const part = (name: 'train' | 'test', folder: string): PartTexts => ({
  part: name,
  images: `${folder}images/{id}*.*`,
  masks: [`${folder}1st_manual/{id}*.*`],
  fov: `${folder}mask/{id}*.*`,
});

/**
 * DRIVE (Staal et al. 2004): `{training,test}/{images,1st_manual,mask}`, or the folders of one of the two alone. As it is
 * handed out today its test images have no `1st_manual`. A `2nd_manual`, by another observer, is passed over.
 */
export const drive: PublishedDataset = {
  name: 'DRIVE',
  classes: ['vessel'],
  mark: /(^|\/)(training|test)\/(1st_manual|mask)\/\d+_|^1st_manual\/\d+_manual1\./i,
  id: '\\d+(?!\\d)',
  parts: (files) =>
    files.some(({ path }) => /(^|\/)(training|test)\/\w+\/[^/]+$/i.test(path))
      ? [part('train', '**/training/'), part('test', '**/test/')]
      : [part(files.some(({ path }) => /_training/i.test(path)) ? 'train' : 'test', '')],
  wanted: 'training/images, training/1st_manual and training/mask',
};
