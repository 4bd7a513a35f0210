import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openKnown } from '../../../../src/runtime/data/sources/known.js';

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'netc-drive-'));
});
afterEach(() => rm(root, { recursive: true }));

async function draw(name: string, width = 12, height = 10, channels: 1 | 3 = 1): Promise<void> {
  const path = join(root, name);
  await mkdir(dirname(path), { recursive: true });
  const data = Buffer.alloc(width * height * channels);
  for (let i = 0; i < data.length; i++) data[i] = i % 5 === 0 ? 255 : 0;
  const picture = sharp(data, { raw: { width, height, channels } });
  // DRIVE's TIFF is compressed by LZW; sharp's own default loses.
  await (path.endsWith('.tif') ? picture.tiff({ compression: 'lzw' }) : picture).toFile(path);
}

async function drawWhole(): Promise<void> {
  for (const [split, id] of [
    ['training', '21'],
    ['test', '01'],
  ]) {
    await draw(`${split}/images/${id}_${split}.tif`, 12, 10, 3);
    await draw(`${split}/1st_manual/${id}_manual1.gif`);
    await draw(`${split}/mask/${id}_${split}_mask.gif`);
  }
}

const problems = async (): Promise<string[]> => {
  const error = await openKnown('drive', root).catch((refusal: Error) => refusal);
  return error instanceof Error ? error.message.split('\n') : [];
};

describe('DRIVE', () => {
  it('reads TIFF images and GIF masks of 0 and 1', async () => {
    await drawWhole();
    const { train, test } = await openKnown('drive', root);
    expect([...train, ...test].map(({ id }) => id)).toEqual(['21', '01']);
    const { image, mask } = await train[0]!.read();
    expect(image).toMatchObject({ width: 12, height: 10, channels: 3 });
    expect(image.data[0]).toBe(255);
    expect([...mask.data.subarray(0, 6)]).toEqual([1, 0, 0, 0, 0, 1]);
  });

  it('names every missing file and every size that differs, at once', async () => {
    await drawWhole();
    await draw('training/1st_manual/22_manual1.gif');
    await draw('training/mask/22_training_mask.gif');
    await draw('test/mask/01_test_mask.gif', 13, 10);
    const found = await problems();
    expect(found).toHaveLength(2);
    expect(found[0]).toMatch(/training.images has no image 22, which .*22_manual1\.gif wants/);
    expect(found[1]).toMatch(/01_test_mask\.gif is 13x10, but its image .*01_test\.tif is 12x10/);
  });

  it('says which folder is not there', async () => {
    await draw('training/images/21_training.tif');
    expect((await problems()).join('\n')).toMatch(
      /training.1st_manual is not there: set data\.root/,
    );
  });

  it('says that the folder itself is not there, once', async () => {
    await expect(openKnown('drive', join(root, 'none'))).rejects.toThrow(
      /^\S*none is no folder: set data\.root/,
    );
  });

  it('refuses a file that is no image by name', async () => {
    await drawWhole();
    await rm(join(root, 'test/images/01_test.tif'));
    await mkdir(join(root, 'test/images/01_test.tif'));
    expect((await problems()).join('\n')).toMatch(/01_test\.tif cannot be read as an image/);
  });
});
