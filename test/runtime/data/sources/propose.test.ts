import { describe, expect, it } from 'vitest';
import { propose } from '../../../../src/runtime/data/sources/propose/propose.js';
import { testFolder } from '../folder.js';
import { numbers, wrongWith } from './opened.js';

const { root, write } = testFolder();

/** The files of twenty images, `#` in place of the number. */
const files = (...names: readonly string[]) =>
  numbers(20)
    .flatMap((id) => names.map((name) => name.replaceAll('#', id)))
    .sort()
    .map((path) => ({ path, real: path }));
const proposed = (...names: readonly string[]): string => {
  const found = propose(files(...names), 'images/{id}.*');
  return found ? `${found.images} ${found.masks} ${found.pairs} of ${found.all}` : 'none';
};

describe('the pattern that would pair most', () => {
  it.each([
    [['images/#.jpg', 'labels/#.png'], 'images/{id}.* labels/{id}.png'],
    [['images/#.jpg', 'labels/#_seg.png'], 'images/{id}.* labels/{id}_seg.png'],
    [['images/#.png', 'masks/#.label.png'], 'images/{id}.* masks/{id}.label.png'],
    [['imgs/img_#.png', 'gt/gt_#.png'], 'imgs/img_{id}.png gt/gt_{id}.png'],
    [['images/#_training.tif', 'GT/#_manual1.gif'], 'images/{id}_training.tif GT/{id}_manual1.gif'],
    [
      ['JPEGImages/2007_0#.jpg', 'SegmentationClass/2007_0#.png'],
      'JPEGImages/{id}.jpg SegmentationClass/{id}.png',
    ],
    [
      ['imagesTr/c_#_0000.nii.gz', 'labelsTr/c_#.nii.gz'],
      'imagesTr/{id}_0000.nii.gz labelsTr/{id}.nii.gz',
    ],
    [['Original/#.tif', 'Ground Truth/#.tif'], 'Original/{id}.tif Ground Truth/{id}.tif'],
    [['#.png', '#_mask.png'], '{id}.png {id}_mask.png'],
    [['img#.png', 'mask#.png'], 'img{id}.png mask{id}.png'],
    [['img_#.png', 'mask_#_gt.png'], 'img_{id}.png mask_{id}_gt.png'],
    [
      ['data/images/#.png', 'data/annotations/#.png'],
      'data/images/{id}.png data/annotations/{id}.png',
    ],
    [
      ['case#/imaging.nii.gz', 'case#/segmentation.nii.gz'],
      '{id}/imaging.nii.gz {id}/segmentation.nii.gz',
    ],
    [
      ['a#/images/a#.png', 'a#/masks/b1#.png', 'a#/masks/7c#.png'],
      '{id}/images/*.png {id}/masks/*.png',
    ],
    [['p#/p#_flair.nii', 'p#/p#_seg.nii'], '{patient}/{id}_flair.nii {patient}/{id}_seg.nii'],
  ])('of %j is %s', (names, patterns) => {
    expect(proposed(...names)).toBe(`${patterns} 20 of 20`);
  });

  it('takes a ground truth before a mask, which may be a field of view', () => {
    expect(proposed('images/#.png', 'mask/#.png', 'manual/#.png')).toBe(
      'images/{id}.* manual/{id}.png 20 of 20',
    );
  });

  it('is none where names do not tell which files are masks', () => {
    expect(proposed('a/#.png', 'b/#.png')).toBe('none');
    expect(proposed('images/#.png')).toBe('none');
    expect(propose([], 'images/{id}.*')).toBeUndefined();
  });

  it('of parts holds within each', () => {
    expect(
      propose(
        files('train/image/a#.png', 'train/mask/a#.png', 'test/image/b#.png'),
        'images/{id}.*',
      ),
    ).toMatchObject({
      images: 'image/{id}.png',
      masks: 'mask/{id}.png',
      pairs: 20,
      folder: 'train',
    });
  });
});

describe('files that do not pair', () => {
  it('are counted, with a few of them and the pattern, in as many lines as there are kinds', async () => {
    for (let i = 0; i < 400; i++) {
      await write(`images/${i}.jpg`, '');
      if (i > 1) await write(`labels/${i}_seg.png`, '');
    }
    expect(await wrongWith(root())).toEqual([
      'no file fits masks/{id}.*: 400 images, as images/0.jpg, have no mask',
      'data.masks: labels/{id}_seg.png would pair 398 of 400 images',
    ]);
    expect(await wrongWith(root(), { masks: 'labels/{id}.png' })).toEqual([
      '400 of 400 images have no mask labels/{id}.png: images/0.jpg, images/1.jpg, images/10.jpg, images/100.jpg, images/101.jpg and 395 more',
      '398 of 398 masks have no image images/{id}.*: labels/100_seg.png, labels/101_seg.png, labels/102_seg.png, labels/103_seg.png, labels/104_seg.png and 393 more',
      'data.masks: labels/{id}_seg.png would pair 398 of 400 images',
    ]);
    // With that pattern the two that are left are named.
    expect(await wrongWith(root(), { masks: 'labels/{id}_seg.png' })).toEqual([
      'images/0.jpg has no mask labels/0_seg.png: add it or remove that file',
      'images/1.jpg has no mask labels/1_seg.png: add it or remove that file',
    ]);
  });

  it('may be fields of view', async () => {
    for (const id of numbers(9)) {
      await write(`images/${id}.jpg`, '');
      await write(`masks/${id}.png`, '');
      await write(`fov/${id}_mask.png`, '');
    }
    expect(await wrongWith(root())).toEqual([
      expect.stringMatching(/^9 of 9 images have no field-of-view mask fov\/\{id\}\.\*: images/),
      expect.stringMatching(/^9 of 9 field-of-view masks have no image images\/\{id\}\.\*: fov/),
      'data.fov: fov/{id}_mask.png would pair 9 of 9 images',
    ]);
  });

  it('are told with the archives that hold them', async () => {
    await write('training.zip', '');
    expect((await wrongWith(root())).join()).toContain(
      '(it has training.zip, still to be unpacked)',
    );
  });

  it('are told with what there is, where nothing pairs', async () => {
    for (const id of numbers(3)) {
      await write(`a/${id}.png`, '');
      await write(`b/${id}.png`, '');
    }
    expect(await wrongWith(root())).toEqual([
      'ROOT has no files images/{id}.* with masks/{id}.*: set data.images and data.masks to patterns of its names (it has a/*.png (3), b/*.png (3))',
    ]);
  });
});
