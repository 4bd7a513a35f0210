import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { allNamed } from '../../../src/runtime/prediction/answers.js';
import { inputsOf } from '../../../src/runtime/prediction/inputs.js';
import { namesOf, requireNames } from '../../../src/runtime/prediction/names.js';
import { testFolder } from '../data/folder.js';
import { niftiOf } from '../data/formats/bytes.js';

const { root, write } = testFolder();

const usual = { folder: 'out', maskName: null, probabilities: 'png', overwrite: false } as const;
const input = (path: string, stem: string) => ({ path, id: stem, stem });

/** An animation of so many frames; of one a PNG. */
const frames = (count: number): Promise<Buffer> => {
  const raw = { width: 2, height: 2 * count, channels: 3, pageHeight: 2 } as const;
  const picture = sharp(
    Uint8Array.from({ length: 12 * count }, (_, i) => (37 * i) % 256),
    { raw },
  );
  return (count === 1 ? picture.png() : picture.gif()).toBuffer();
};

describe('the files of a prediction', () => {
  it('are named by their image, its slice and their class', () => {
    expect(namesOf({ stem: 'P1/07' }, usual)).toEqual({
      mask: 'P1/07-mask.png',
      overlay: 'P1/07-overlay.png',
      probabilities: ['P1/07-probability.png'],
    });
    expect(namesOf({ stem: 'a', slice: 'z03' }, usual, 2)).toEqual({
      mask: 'a-z03-mask.png',
      overlay: 'a-z03-overlay.png',
      probabilities: ['a-z03-probability-1.png', 'a-z03-probability-2.png'],
    });
    expect(namesOf({ stem: 'v', volume: true }, usual)).toEqual({
      mask: 'v-mask.nii.gz',
      overlay: 'v-overlay',
      probabilities: ['v-probability.nii.gz'],
    });
  });

  it('are masks as a challenge names them, slice by slice too', () => {
    const named = (maskName: string, of: object) =>
      namesOf({ stem: 'P1/007_test', ...of }, { ...usual, maskName }).mask;
    expect(named('{id}_segmentation.png', {})).toBe('P1/007_test_segmentation.png');
    expect(named('{number}.png', {})).toBe('7.png');
    expect(named('{number}.png', { slice: 'z1' })).toBe('7-z1.png');
    expect(named('{number}.png', { volume: true })).toBe('7.nii.gz');
    expect(() => namesOf({ stem: 'a' }, { ...usual, maskName: '{number}.png' })).toThrow(
      /a has no number/,
    );
  });

  it('are refused where one would be written over another or over an image', () => {
    const numbers = { ...usual, maskName: '{number}.png' };
    const two = [input('x/P1_07.png', 'P1_07'), input('x/P1_08.png', 'P1_08')];
    expect(() => requireNames(two, numbers)).toThrow(/would both be 1\.png: name them by \{id\}/);
    expect(() => requireNames(two, usual)).not.toThrow();
    const over = { ...usual, folder: 'x', maskName: '{id}.png' };
    expect(() => requireNames(two, over)).toThrow(/x\/P1_07\.png is an image/);
    const overlay = [input('x/a.png', 'a'), input('x/a-overlay.png', 'a-overlay')];
    expect(() => requireNames(overlay, { ...usual, folder: 'x' })).toThrow(/is an image/);
  });

  it('are of each slice of an image, and of a volume one', async () => {
    const stack = await write('scan.gif', await frames(2));
    const single = await write('scan-z0.png', await frames(1));
    const named = await allNamed([input(stack, 'scan'), input(single, 'scan-z0')], 'image');
    expect(named.map(({ stem, slice }) => [stem, slice])).toEqual([
      ['scan', 'z0'],
      ['scan', 'z1'],
      ['scan-z0', undefined],
    ]);
    const masks = /scan\.gif and .*scan-z0\.png would both be scan-z0-mask\.png/;
    expect(() => requireNames(named, { ...usual, folder: root() })).toThrow(masks);
    const volume = await write('v.nii', niftiOf([2, 2, 3], Array(12).fill(1)));
    expect(await allNamed([input(volume, 'v')], 'image')).toMatchObject([{ volume: true }]);
    expect(await allNamed([input(volume, 'v')], 'network')).toHaveLength(3);
  });

  it('replace nothing unasked, and no other file of the same prediction', async () => {
    const path = await write('a.png', 'x');
    const beside = { ...usual, folder: root() };
    expect(() => requireNames([input(path, 'a')], beside)).not.toThrow();
    await write('a-mask.png', 'drawn by hand');
    expect(() => requireNames([input(path, 'a')], beside)).toThrow(
      /a-mask\.png exists and would be replaced: add --overwrite/,
    );
    expect(() => requireNames([input(path, 'a')], { ...beside, overwrite: true })).not.toThrow();
    const slice = { path, stem: 'a', slice: 'z1' };
    await write('a-z1-mask.png', 'drawn by hand');
    expect(() => requireNames([slice], beside)).toThrow(/a-z1-mask\.png exists/);
    await write('b-probability-2.png', 'another prediction');
    const several = [input(path, 'b')];
    const maps = { ...beside, probabilities: 'png' as const };
    expect(() => requireNames(several, maps, 2)).toThrow(/b-probability-2\.png exists/);
    const same = { ...usual, maskName: '{id}-overlay.png' };
    expect(() => requireNames([input(path, 'a')], same)).toThrow(/name of another file/);
  });

  it('are no images of a folder around them, which may not be the folder they go to', async () => {
    for (const name of ['a.png', 'out/a-mask.png', 'outside/b.png']) await write(name, 'x');
    const stems = (await inputsOf([root()], join(root(), 'out'))).map(({ stem }) => stem);
    expect(stems).toEqual(['a', 'outside/b']);
    await expect(inputsOf([root()], root())).rejects.toThrow(/is the folder of the images/);
  });
});
