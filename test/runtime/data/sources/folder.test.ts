import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { pathsOf } from '../../../../src/runtime/data/dataset.js';
import { openFolder } from '../../../../src/runtime/data/sources/folder.js';
import type { FolderOptions } from '../../../../src/runtime/experiments/options/data.js';
import { readListed, testFolder } from '../folder.js';
import { niftiOf } from '../formats/bytes.js';

const { root, draw, write } = testFolder();

const open = (options: Partial<FolderOptions> = {}) =>
  openFolder({
    root: root(),
    images: 'images/{id}.*',
    masks: 'masks/{id}.*',
    fov: null,
    labels: null,
    patient: null,
    ...options,
  });

const problems = async (options: Partial<FolderOptions> = {}): Promise<string[]> => {
  const error = await open(options).catch((refusal: Error) => refusal);
  return error instanceof Error ? error.message.split('\n') : [];
};

const ids = (entries: readonly { id: string }[]) => entries.map(({ id }) => id);

describe('a folder of images and masks', () => {
  it('is paired by name, whatever the endings, and other files are left alone', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.tif', 2, [0, 255]);
    await write('images/readme.txt', 'by whom');
    const { unassigned, classes } = await open();
    expect(classes).toEqual(['foreground']);
    expect(ids(unassigned)).toEqual(['a']);
    const { image, mask, fov } = await readListed(unassigned[0]!);
    expect([...image.data]).toEqual([1, 2]);
    expect([...mask.data]).toEqual([0, 1]);
    expect(fov).toBeNull();
  });

  it('has a field of view where there is a folder fov', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.png', 2, [0, 255]);
    await draw('fov/a.png', 2, [255, 0]);
    const [entry] = (await open()).unassigned;
    expect([...((await readListed(entry!)).fov?.data ?? [])]).toEqual([1, 0]);
    expect(pathsOf(entry!)).toHaveLength(3);
  });

  it('has an entry for each slice of a volume, all of one patient', async () => {
    await write('images/v.nii', niftiOf([2, 1, 3], [0, 1, 2, 3, 4, 5], 1, 0));
    await write('masks/v.nii.gz', gzipSync(niftiOf([2, 1, 3], [0, 0, 0, 1, 2, 0], 1, 0)));
    const labels = { liver: 1, tumour: 2 };
    const { unassigned, classes } = await open({ labels });
    expect(classes).toEqual(['liver', 'tumour']);
    expect(unassigned.map(({ id, group }) => `${id} ${group}`)).toEqual([
      'v-z0 v',
      'v-z1 v',
      'v-z2 v',
    ]);
    const { image, mask } = await readListed(unassigned[2]!, labels);
    expect([...image.data]).toEqual([4, 5]);
    expect([...mask.data]).toEqual([2, 0]);
  });
});

describe('what is wrong with a folder', () => {
  it('are all files without a partner, at once', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/b.png', 2, [1, 2]);
    await draw('images/c.png', 2, [1, 2]);
    await draw('masks/c.png', 2, [1, 2]);
    expect(await problems()).toEqual([
      'images/a.png has no mask masks/a.*: add it or remove that file',
      'masks/b.png has no image images/b.*: add it or remove that file',
    ]);
  });

  it('are two files for one image', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('images/a.tif', 2, [1, 2]);
    await draw('masks/a.png', 2, [1, 2]);
    expect(await problems()).toEqual([
      'images/a.png and images/a.tif are both the image of a: remove one',
    ]);
  });

  it('are patterns that find nothing, or have no id', async () => {
    await draw('pictures/a.png', 2, [1, 2]);
    expect((await problems()).join()).toMatch(/has no files images\/\{id\}\.\* .*set data\.images/);
    expect((await problems({ images: 'pictures/*.png' })).join()).toMatch(
      /^data\.images must have \{id\}, as/,
    );
  });

  it('is an image whose patient is not told', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.png', 2, [1, 2]);
    expect(await problems({ patient: '(\\d+)' })).toEqual([
      'data.patient finds no patient in images/a.png',
    ]);
    for (const id of 'bcdefg') {
      await draw(`images/${id}.png`, 2, [1, 2]);
      await draw(`masks/${id}.png`, 2, [1, 2]);
    }
    expect(await problems({ patient: '(\\d+)' })).toEqual([
      'data.patient finds no patient in images/a.png, images/b.png, images/c.png, images/d.png, images/e.png and 2 more',
    ]);
    expect((await problems({ patient: '(' })).join()).toMatch(
      /^data\.patient is no regular expression/,
    );
  });

  it('is a mask of another size, told when it is read', async () => {
    await draw('images/a.png', 2, [1, 2]);
    await draw('masks/a.png', 1, [1, 2]);
    const [entry] = (await open()).unassigned;
    await expect(readListed(entry!)).rejects.toThrow(
      /masks.a\.png is 1x2, but its image .*a\.png is 2x1/,
    );
  });
});
