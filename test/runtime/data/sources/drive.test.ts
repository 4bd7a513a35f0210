import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openKnown } from '../../../../src/runtime/data/sources/known.js';
import { readListed, testFolder } from '../folder.js';
import { ids, numbers, opened, sizes, wrongWith } from './opened.js';

const { root, draw, write } = testFolder();

/** The names of DRIVE as it is handed out today, its test images without what a person drew. */
async function today(around = '') {
  for (const id of numbers(20, 21)) {
    await write(`${around}training/images/${id}_training.tif`, '');
    await write(`${around}training/1st_manual/${id}_manual1.gif`, '');
    await write(`${around}training/mask/${id}_training_mask.gif`, '');
  }
  for (const id of numbers(20)) {
    await write(`${around}test/images/${id}_test.tif`, '');
    await write(`${around}test/mask/${id}_test_mask.gif`, '');
  }
}

describe('DRIVE as it is handed out today', () => {
  it.each(['', 'DRIVE/', 'datasets/DRIVE/'])(
    'is known in %s, its training images divided and its test images without ground truth',
    async (around) => {
      await today(around);
      const dataset = await opened(root());
      expect(dataset.classes).toEqual(['vessel']);
      expect(sizes(dataset)).toEqual([14, 2, 4, 20]);
      expect(dataset.unlabelled[0]).toEqual({
        id: '01',
        group: null,
        files: {
          image: join(root(), around, 'test/images/01_test.tif'),
          masks: [],
          fov: join(root(), around, 'test/mask/01_test_mask.gif'),
          slice: 0,
        },
      });
    },
  );

  it('is known from within its training folder', async () => {
    await today();
    expect(sizes(await opened(join(root(), 'training')))).toEqual([14, 2, 4, 0]);
  });

  it('trains on all twenty, and on folds of them', async () => {
    await today();
    const all = { split: { kind: 'given' } };
    expect(sizes(await opened(root(), all))).toEqual([20, 0, 0, 20]);
    const tested = [];
    for (const fold of [1, 2, 3, 4, 5]) {
      const split = { kind: 'folds', folds: 5, fold, validation: 0, seed: 1 };
      tested.push(...ids((await opened(root(), { split })).test));
    }
    expect(tested.sort()).toEqual(numbers(20, 21));
    const split = { kind: 'seed', seed: 1, train: null, validation: 0, test: 'given' };
    expect(await wrongWith(root(), { split })).toEqual([
      'the dataset keeps no test images with ground truth (20 have none) apart: set data.split.test to a number',
    ]);
  });

  it('with both observers of the test images is 20 and 20, of the first', async () => {
    await today();
    for (const id of numbers(20)) {
      await write(`test/1st_manual/${id}_manual1.gif`, '');
      await write(`test/2nd_manual/${id}_manual2.gif`, '');
    }
    const dataset = await opened(root());
    expect(sizes(dataset)).toEqual([20, 0, 20, 0]);
    expect(dataset.test[0]!.files!.masks).toEqual([join(root(), 'test/1st_manual/01_manual1.gif')]);
  });
});

describe('a retina of DRIVE', () => {
  async function drawWhole(): Promise<void> {
    for (const [part, id] of [
      ['training', '21'],
      ['test', '01'],
    ]) {
      await draw(`${part}/images/${id}_${part}.tif`, 2, [255, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 0], 3);
      await draw(`${part}/1st_manual/${id}_manual1.gif`, 2, [0, 255, 0, 255]);
      await draw(`${part}/mask/${id}_${part}_mask.gif`, 2, [255, 255, 255, 0]);
    }
  }
  const wrong = async () => {
    const error = await openKnown('drive', root()).catch((refusal: Error) => refusal);
    return error instanceof Error ? error.message.split('\n') : [];
  };

  it('is read from TIFF and GIF', async () => {
    await drawWhole();
    const { train, test } = await openKnown('drive', root());
    expect([ids(train), ids(test)]).toEqual([['21'], ['01']]);
    const { image, mask, fov } = await readListed(train[0]!);
    expect(image).toMatchObject({ width: 2, height: 2, channels: 3 });
    expect(image.data[0]).toBe(255);
    expect([...mask.data]).toEqual([0, 1, 0, 1]);
    expect([...fov!.data]).toEqual([1, 1, 1, 0]);
  });

  it('names every missing file at once, and when it is read a size that differs', async () => {
    await drawWhole();
    await draw('training/1st_manual/22_manual1.gif', 2, [0, 255]);
    await draw('training/mask/23_training_mask.gif', 2, [0, 255]);
    await draw('test/mask/01_test_mask.gif', 1, [255, 0]);
    expect(await wrong()).toEqual([
      'training/1st_manual/22_manual1.gif has no image training/images/22*.*: add it or remove that file',
      'training/mask/23_training_mask.gif has no image training/images/23*.*: add it or remove that file',
    ]);
    await rm(join(root(), 'training/1st_manual/22_manual1.gif'));
    await rm(join(root(), 'training/mask/23_training_mask.gif'));
    const { test } = await openKnown('drive', root());
    await expect(readListed(test[0]!)).rejects.toThrow(
      /01_test_mask\.gif is 1x2, but its image .*01_test\.tif is 2x2/,
    );
  });

  it('says which of its folders is missing', async () => {
    await draw('training/images/21_training.tif', 1, [0, 0, 0], 3);
    expect(await wrong()).toEqual([
      'no file fits training/1st_manual/{id}*.*: training/images/21_training.tif has no mask',
      'no file fits training/mask/{id}*.*: training/images/21_training.tif has no field-of-view mask',
      'DRIVE has training/images, training/1st_manual and training/mask: set data.root to the folder around them',
    ]);
  });

  it('says that the folder itself is missing, once', async () => {
    await expect(openKnown('drive', join(root(), 'none'))).rejects.toThrow(
      /^\S*none is no folder: set data\.root/,
    );
    await expect(openKnown('drive', root())).rejects.toThrow(
      /has none of training\/images, .* \(it has no pictures\): set data\.root/,
    );
  });
});
