import { describe, expect, it } from 'vitest';
import { testFolder } from '../folder.js';
import { numbers, opened, sizes, wrongWith } from './opened.js';

const { root, write } = testFolder();
const all = { kind: 'seed', seed: 1, train: null, validation: 0, test: 0 };
const masksOf = async (options: object): Promise<Record<string, string[]>> => {
  const { train } = await opened(root(), { ...options, split: all });
  return Object.fromEntries(
    train.map(({ id, files }) => [id, files!.masks.map((path) => path.slice(root().length + 1))]),
  );
};

/** The layout of BUSI: three folders, masks beside their images, now and then a second one. */
async function busi() {
  for (const kind of ['benign', 'malignant', 'normal']) {
    for (const n of [1, 2, 3]) {
      await write(`${kind}/${kind} (${n}).png`, '');
      await write(`${kind}/${kind} (${n})_mask.png`, '');
    }
  }
  await write('benign/benign (2)_mask_1.png', '');
}

describe('several masks of an image', () => {
  it('are meant by a * in the name of the file', async () => {
    await busi();
    const found = await masksOf({ images: '*/{id}.png', masks: '*/{id}_mask*.png' });
    expect(Object.keys(found)).toHaveLength(9);
    expect(found['benign (1)']).toEqual(['benign/benign (1)_mask.png']);
    expect(found['benign (2)']).toEqual([
      'benign/benign (2)_mask.png',
      'benign/benign (2)_mask_1.png',
    ]);
  });

  it('are offered where a pattern leaves some over', async () => {
    await busi();
    const way = 'data.masks: "*/{id}_mask*.png" would pair 9 of 9 images';
    expect(await wrongWith(root())).toEqual([
      `ROOT has no files images/{id}.* with masks/{id}.*: data.images: "*/{id}.png" and ${way}`,
    ]);
    expect(await wrongWith(root(), { images: '*/{id}.png', masks: '*/{id}_mask.png' })).toEqual([
      'benign/benign (2)_mask_1.png has no mask */benign (2)_mask_1_mask.png: add it or remove that file',
      way,
    ]);
  });

  it('are meant by a list of patterns, of which one is enough', async () => {
    for (const id of numbers(3)) {
      await write(`images/${id}.jpg`, '');
      await write(`labels/EX/${id}_EX.tif`, '');
    }
    await write('labels/MA/02_MA.tif', '');
    expect(await masksOf({ masks: ['labels/EX/{id}_EX.tif', 'labels/MA/{id}_MA.tif'] })).toEqual({
      '01': ['labels/EX/01_EX.tif'],
      '02': ['labels/EX/02_EX.tif', 'labels/MA/02_MA.tif'],
      '03': ['labels/EX/03_EX.tif'],
    });
  });

  it('are an error where nobody asked for them', async () => {
    await write('images/a.png', '');
    await write('masks/a.png', '');
    await write('masks/a.tif', '');
    expect(await wrongWith(root())).toEqual([
      'masks/a.png and masks/a.tif are both the mask of a: remove one',
    ]);
    // Of two people's folders a * takes both: which of them is meant must be said.
    await write('one/a.png', '');
    await write('two/a.png', '');
    expect((await wrongWith(root(), { masks: '*/{id}.png' })).join()).toContain(
      'are both the mask of a: name one of them by data.masks, or for their union list a pattern of each',
    );
  });

  it('of images that have as many names are still one each', async () => {
    await busi();
    const options = { images: '*/{id}*.png', masks: '*/{id}_mask*.png' };
    expect((await wrongWith(root(), options))[0]).toMatch(/^data\.images has \{id\} and \* side/);
    expect(sizes(await opened(root(), { ...options, images: '**/{id}.png' }))).toEqual([
      6, 1, 2, 0,
    ]);
  });
});
