import { describe, expect, it } from 'vitest';
import { openKnown } from '../../../../src/runtime/data/sources/known.js';
import { testFolder } from '../folder.js';

const { root, draw } = testFolder();
const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

describe('ISIC', () => {
  const pair = async (images: string, masks: string, id: string) => {
    await draw(`${images}/${id}.jpg`, 2, [9, 9, 9, 9, 9, 9], 3);
    await draw(`${masks}/${id}_segmentation.png`, 2, [0, 255]);
  };

  it('2017 is divided as its folders are, superpixels passed over', async () => {
    await pair('ISIC-2017_Training_Data', 'ISIC-2017_Training_Part1_GroundTruth', 'ISIC_1');
    await draw('ISIC-2017_Training_Data/ISIC_1_superpixels.png', 2, [1, 2]);
    await pair('ISIC-2017_Validation_Data', 'ISIC-2017_Validation_Part1_GroundTruth', 'ISIC_2');
    await pair('ISIC-2017_Test_v2_Data', 'ISIC-2017_Test_v2_Part1_GroundTruth', 'ISIC_3');
    const { train, validation, test, classes } = await openKnown('isic', root());
    expect([train, validation, test].map(ids)).toEqual([['ISIC_1'], ['ISIC_2'], ['ISIC_3']]);
    expect(classes).toEqual(['lesion']);
    expect([...(await train[0]!.read()).mask.data]).toEqual([0, 1]);
  });

  it('2018 without its test set is one pool', async () => {
    const names = [
      'ISIC2018_Task1-2_Training_Input',
      'ISIC2018_Task1_Training_GroundTruth',
    ] as const;
    await pair(...names, 'ISIC_1');
    await pair(...names, 'ISIC_2');
    expect(ids((await openKnown('isic', root())).unassigned)).toEqual(['ISIC_1', 'ISIC_2']);
  });

  it('names an image without a mask, and folders that are not there', async () => {
    await expect(openKnown('isic', root())).rejects.toThrow(
      /has none of the folders ISIC-2017_Training_Data/,
    );
    await pair('images', 'masks', 'ISIC_1');
    await draw('images/ISIC_2.png', 2, [1, 2]);
    await expect(openKnown('isic', root())).rejects.toThrow(
      'images/ISIC_2.png has no mask masks/ISIC_2_segmentation.*: add it or remove that file',
    );
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
    expect(unassigned).toMatchObject([{ id: 'ID_0001_Z_0142', group: 'ID_0001' }]);
  });

  it('are not where no such folders are', async () => {
    await expect(openKnown('lung', root())).rejects.toThrow(
      /no folders images and masks, or 2d_images/,
    );
  });
});
