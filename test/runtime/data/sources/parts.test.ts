import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { testFolder } from '../folder.js';
import { ids, numbers, opened, sizes, wrongWith } from './opened.js';

const { root, write } = testFolder();

/** So many images with masks, in folders of which `*` stands for images and masks. */
async function pairs(folder: string, count: number, first: number) {
  for (const id of numbers(count, first)) {
    await write(`${folder.replace('*', 'images')}/${id}.jpg`, '');
    await write(`${folder.replace('*', 'masks')}/${id}.png`, '');
  }
}
const images = async (folder: string, count: number, first: number) => {
  for (const id of numbers(count, first)) await write(`${folder}/${id}.jpg`, '');
};

describe('a folder that keeps parts apart', () => {
  it.each([
    ['train/*', 'val/*', 'test/*'],
    ['Train/*', 'Valid/*', 'Test/*'],
    ['training/*', 'validation/*', 'testing/*'],
    ['TrainDataset/*', 'val_set/*', 'TestDataset/*'],
    ['*/train', '*/val', '*/test'],
    ['*/Training', '*/Validation', '*/Testing'],
  ])('is divided so: %s, %s, %s', async (train, validation, test) => {
    await pairs(train, 5, 10);
    await pairs(validation, 2, 20);
    await pairs(test, 3, 30);
    const dataset = await opened(root());
    expect(sizes(dataset)).toEqual([5, 2, 3, 0]);
    expect(ids(dataset.validation)).toEqual(['20', '21']);
  });

  it('whose names begin anew in each part has the part before each id', async () => {
    await pairs('train/*', 3, 1);
    await pairs('test/*', 2, 1);
    const dataset = await opened(root());
    expect(ids(dataset.train)).toEqual(['train-01', 'train-02', 'train-03']);
    expect(ids(dataset.test)).toEqual(['test-01', 'test-02']);
  });

  it('is tested on where it is for scoring alone, and whole where nothing is kept apart', async () => {
    await pairs('train/*', 3, 1);
    await pairs('test/*', 2, 30);
    const split = { kind: 'external' };
    expect(sizes(await opened(root(), { split }))).toEqual([0, 0, 2, 0]);
    await rm(join(root(), 'test'), { recursive: true });
    expect(sizes(await opened(root(), { split }))).toEqual([0, 0, 3, 0]);
  });

  it('without validation validates on none, without test tests on none', async () => {
    await pairs('train/*', 5, 10);
    await pairs('test/*', 3, 30);
    expect(sizes(await opened(root()))).toEqual([5, 0, 3, 0]);
  });

  it('of train and val alone has no test images; of train alone is divided by seed', async () => {
    await pairs('train/*', 20, 10);
    expect(sizes(await opened(root()))).toEqual([14, 2, 4, 0]);
    expect(sizes(await opened(root(), { split: { kind: 'given' } }))).toEqual([20, 0, 0, 0]);
    await pairs('val/*', 3, 40);
    expect(sizes(await opened(root()))).toEqual([20, 3, 0, 0]);
  });

  it('of test alone can be scored', async () => {
    await pairs('test/*', 3, 10);
    expect(sizes(await opened(root()))).toEqual([0, 0, 3, 0]);
  });

  it('trains on what lies outside, where no folder is called train', async () => {
    await pairs('*', 10, 10);
    await pairs('test/*', 3, 30);
    const dataset = await opened(root());
    expect([sizes(dataset), ids(dataset.test)]).toEqual([
      [10, 0, 3, 0],
      ['30', '31', '32'],
    ]);
  });

  it('may have test images without ground truth, but none to train on', async () => {
    await pairs('train/*', 10, 10);
    await images('test/images', 3, 30);
    const dataset = await opened(root());
    expect(sizes(dataset)).toEqual([7, 1, 2, 3]);
    expect(dataset.unlabelled[0]).toMatchObject({ id: '30', files: { masks: [], fov: null } });
    await pairs('test/*', 1, 40);
    expect(await wrongWith(root())).toEqual(
      ['30', '31', '32'].map(
        (id) => `test/images/${id}.jpg has no mask test/masks/${id}.*: add it or remove that file`,
      ),
    );
  });

  it('is not taken to be without ground truth where its masks are called otherwise', async () => {
    await pairs('train/*', 10, 10);
    await images('val/images', 2, 30);
    await write('val/labels/30.png', '');
    expect(await wrongWith(root())).toEqual([
      'val/labels/30.png looks like a mask, and data.masks, val/masks/{id}.*, finds none there: write the pattern as it is called, or take those files away',
    ]);
  });

  it('has a field of view in all parts or in none', async () => {
    await pairs('train/*', 1, 10);
    await pairs('test/*', 1, 20);
    await write('train/fov/10.png', '');
    expect(await wrongWith(root())).toEqual([
      'no file fits test/fov/{id}.*: test/images/20.jpg has no field-of-view mask',
    ]);
    await write('test/fov/20.png', '');
    const { train, test } = await opened(root());
    expect([...train, ...test].map(({ files }) => files!.fov!.slice(-6))).toEqual([
      '10.png',
      '20.png',
    ]);
  });

  it('may spell a part in two ways', async () => {
    await pairs('*/train', 5, 10);
    await images('images/val', 1, 30);
    await write('masks/validation/30.png', '');
    expect(sizes(await opened(root()))).toEqual([5, 1, 0, 0]);
    await pairs('*/validation', 2, 40);
    await write('masks/val/30.png', '');
    await write('masks/validation/30.jpg', '');
    expect((await wrongWith(root())).join()).toContain('masks/validation/30');
  });

  it('is one set where the patterns name a part themselves', async () => {
    for (const id of numbers(10)) {
      await write(`train/${id}.jpg`, '');
      await write(`train_masks/${id}_mask.gif`, '');
      await write(`test/${id}.jpg`, '');
    }
    const named = { images: 'train/{id}.jpg', masks: 'train_masks/{id}_mask.gif' };
    expect(sizes(await opened(root(), named))).toEqual([7, 1, 2, 0]);
    // Never the test images, though their names would pair.
    expect(await wrongWith(root())).toEqual([
      'ROOT has no files images/{id}.* with masks/{id}.*: data.images: train/{id}.jpg and data.masks: train_masks/{id}_mask.gif would pair 10 of 10 images',
    ]);
  });

  it('is not mixed by a pattern that takes any folder', async () => {
    await pairs('train/*', 3, 10);
    await pairs('test/*', 3, 20);
    for (const folder of ['*', '{patient}']) {
      const options = { images: `${folder}/images/{id}.jpg`, masks: `${folder}/masks/{id}.png` };
      expect((await wrongWith(root(), options)).join()).toMatch(
        /^the images .* take in test\/images\/20\.jpg, whose folder test sets it apart/,
      );
    }
  });
});
