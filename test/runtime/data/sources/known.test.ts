import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { openKnown } from '../../../../src/runtime/data/sources/known.js';
import { testFolder } from '../folder.js';
import { ids, numbers, opened, owned, sizes, wrongWith } from './opened.js';

const { root, draw, write } = testFolder();

describe('ISIC', () => {
  const pairs = async (images: string, masks: string | null, names: readonly string[]) => {
    for (const id of names) {
      await write(`${images}/ISIC_00000${id}.jpg`, '');
      const ending = masks?.includes('2016') ? '_Segmentation' : '_segmentation';
      if (masks) await write(`${masks}/ISIC_00000${id}${ending}.png`, '');
    }
  };
  const truth2018 = 'ISIC2018_Task1_Training_GroundTruth';

  it('2016 is divided as its folders are', async () => {
    const folders = (part: string) =>
      [`ISBI2016_ISIC_Part1_${part}_Data`, `ISBI2016_ISIC_Part1_${part}_GroundTruth`] as const;
    await pairs(...folders('Training'), numbers(9));
    await pairs(...folders('Test'), numbers(3, 20));
    await write('ISBI2016_ISIC_Part3_Training_GroundTruth.csv', 'ISIC_0000001,benign');
    const dataset = await opened(root());
    expect(sizes(dataset)).toEqual([9, 0, 3, 0]);
    expect([dataset.classes, dataset.test[0]!.id]).toEqual([['lesion'], 'ISIC_0000020']);
  });

  it('2017 is divided as its folders are, superpixels and tables passed over, unpacked twice over', async () => {
    for (const [part, n] of [
      ['Training', 5],
      ['Validation', 2],
      ['Test_v2', 3],
    ] as const) {
      const [data, truth] = [`ISIC-2017_${part}_Data`, `ISIC-2017_${part}_Part1_GroundTruth`];
      const names = numbers(n, 10 * n);
      await pairs(`${data}/${data}`, `${truth}/${truth}`, names);
      await write(`${data}/${data}/ISIC_00000${names[0]}_superpixels.png`, '');
      await write(`${data}/${data}/${data}_metadata.csv`, '');
      await write(`__MACOSX/${data}/._ISIC_00000${names[0]}.jpg`, '');
    }
    expect(sizes(await opened(root()))).toEqual([5, 2, 3, 0]);
  });

  it('2018 as most have it: the ground truth of training alone', async () => {
    await pairs('ISIC2018_Task1-2_Training_Input', truth2018, numbers(20));
    await pairs('ISIC2018_Task1-2_Validation_Input', null, numbers(3, 30));
    await pairs('ISIC2018_Task1-2_Test_Input', null, numbers(4, 40));
    await write('ISIC2018_Task1-2_Training_Input/ATTRIBUTION.txt', '');
    await write('ISIC2018_Task1-2_Training_Input/LICENSE.txt', '');
    expect(sizes(await opened(root()))).toEqual([14, 2, 4, 7]);
    // Where the ground truth of validation is there too, that is what is validated on.
    await pairs(
      'ISIC2018_Task1-2_Validation_Input',
      'ISIC2018_Task1_Validation_GroundTruth',
      numbers(3, 30),
    );
    expect(sizes(await opened(root()))).toEqual([20, 3, 0, 4]);
  });

  it('of two years in one folder is refused, each image named in both', async () => {
    await pairs('ISIC2018_Task1-2_Training_Input', truth2018, numbers(9));
    await pairs('ISIC-2017_Training_Data', 'ISIC-2017_Training_Part1_GroundTruth', numbers(9));
    const [problem, ...more] = await wrongWith(root());
    expect(more).toEqual([]);
    expect(problem).toMatch(/^9 ids are of two images each, .* keep one of the folders$/);
  });

  it('in images and masks is known by its names', async () => {
    await pairs('images', 'masks', numbers(10));
    expect(sizes(await opened(root()))).toEqual([7, 1, 2, 0]);
    await draw('images/ISIC_2.png', 2, [1, 2]);
    await expect(openKnown('isic', root())).rejects.toThrow(
      'images/ISIC_2.png has no mask masks/ISIC_2_segmentation.*: add it or remove that file',
    );
  });

  it('in images and masks is divided where its folders are', async () => {
    await pairs('ISIC/train/images', 'ISIC/train/masks', numbers(5));
    await pairs('ISIC/test/images', 'ISIC/test/masks', numbers(2, 20));
    expect(sizes(await opened(root()))).toEqual([5, 0, 2, 0]);
  });

  it('without its ground truth says so once', async () => {
    await expect(openKnown('isic', root())).rejects.toThrow(
      /has none of folders such as ISIC2018.* \(it has no pictures\)/,
    );
    await pairs('ISIC2018_Task1-2_Training_Input', null, numbers(9));
    expect(await wrongWith(root())).toEqual([
      `no file fits ${truth2018}/{id}_segmentation.*: 9 images, as ISIC2018_Task1-2_Training_Input/ISIC_0000001.jpg, have no mask`,
      expect.stringMatching(
        /^ISIC has folders such as .*: set data\.root to the folder around them/,
      ),
    ]);
  });
});

describe('lung slices', () => {
  it.each([
    ['images', 'masks'],
    ['2d_images', '2d_masks'],
  ])('are found in %s and %s, with their patients', async (images, masks) => {
    await draw(`${images}/ID_0001_Z_0142.tif`, 2, [1, 2]);
    await draw(`${masks}/ID_0001_Z_0142.tif`, 2, [0, 255]);
    const { unassigned } = await openKnown('lung', root());
    expect(owned(unassigned)).toEqual(['ID_0001_Z_0142 of ID_0001']);
  });

  it('are not where no such folders are', async () => {
    await expect(openKnown('lung', root())).rejects.toThrow(
      /none of images and masks, or 2d_images/,
    );
  });
});

/** A folder of which only its place is told is opened as what its names say. */
const folder = { kind: 'folder', images: 'images/{id}.*', masks: 'masks/{id}.*' };
const bare = { ...folder, fov: null, labels: null, patient: null };

describe('retinas by their folder alone', () => {
  it.each([undefined, bare])('HRF: JPG, TIFF, a field of view', async (options) => {
    for (const kind of ['dr', 'g', 'h']) {
      for (const id of numbers(5)) {
        await write(`images/${id}_${kind}.JPG`, '');
        await write(`manual1/${id}_${kind}.tif`, '');
        await write(`mask/${id}_${kind}_mask.tif`, '');
      }
    }
    const dataset = await opened(root(), options);
    expect(sizes(dataset)).toEqual([10, 2, 3, 0]);
    expect(dataset.classes).toEqual(['vessel']);
    for (const { files } of dataset.train) expect(files!.fov).toMatch(/_mask\.tif$/);
  });

  it.each([
    ['', '', ''],
    ['stare-images/', 'labels-ah/', 'labels-vk/'],
  ])('STARE in %s: the first observer, no field of view', async (images, ah, vk) => {
    for (const id of numbers(10)) {
      await write(`${images}im00${id}.ppm.gz`, gzipSync('P3 1 1 255 7 8 9'));
      await write(`${ah}im00${id}.ah.ppm.gz`, gzipSync('P3 1 1 255 255 255 255'));
      await write(`${vk}im00${id}.vk.ppm.gz`, gzipSync('P3 1 1 255 0 0 0'));
    }
    const { train, validation, test } = await opened(root(), bare);
    expect([train, validation, test].flatMap(ids).sort()).toEqual(
      numbers(10).map((id) => `00${id}`),
    );
    const { image, mask, fov } = await train[0]!.read();
    expect([...image.data, ...mask.data]).toEqual([7, 8, 9, 1]);
    expect(fov).toBeNull();
  });

  it.each([undefined, bare])('CHASE_DB1: both eyes of a child on one side', async (options) => {
    for (const id of numbers(14)) {
      for (const eye of ['L', 'R']) {
        await write(`CHASEDB1/Image_${id}${eye}.jpg`, '');
        await write(`CHASEDB1/Image_${id}${eye}_1stHO.png`, '');
        await write(`CHASEDB1/Image_${id}${eye}_2ndHO.png`, '');
      }
    }
    const dataset = await opened(root(), options);
    expect(sizes(dataset)).toEqual([20, 2, 6, 0]);
    const { train, test } = dataset;
    expect(owned(train).slice(0, 2)).toEqual(['01L of 01', '01R of 01']);
    const tested = new Set(test.map(({ group }) => group));
    expect(tested.size).toBe(3);
    expect(train.filter(({ group }) => tested.has(group))).toEqual([]);
    expect(test[0]!.files!.masks).toEqual([expect.stringMatching(/_1stHO\.png$/)]);
  });

  it('are not taken from a folder whose patterns pair', async () => {
    await write('images/Image_01L.jpg', '');
    await write('masks/Image_01L.png', '');
    await write('masks/Image_01L_1stHO.png', '');
    const [problem] = await wrongWith(root(), bare);
    expect(problem).toMatch(/Image_01L_1stHO\.png has no image/);
  });
});
