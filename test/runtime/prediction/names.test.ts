import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { inputsOf } from '../../../src/runtime/prediction/inputs.js';
import { namesOf, requireNames } from '../../../src/runtime/prediction/names.js';
import { testFolder } from '../data/folder.js';

const { root, write } = testFolder();

const usual = { folder: 'out', maskName: null, probabilities: 'png', overwrite: false } as const;
const input = (path: string, stem: string) => ({ path, id: stem, stem });

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

  it('replace nothing unasked, and no other file of the same prediction', async () => {
    const path = await write('a.png', 'x');
    const beside = { ...usual, folder: root() };
    expect(() => requireNames([input(path, 'a')], beside)).not.toThrow();
    await write('a-mask.png', 'drawn by hand');
    expect(() => requireNames([input(path, 'a')], beside)).toThrow(
      /a-mask\.png exists and would be replaced: add --overwrite/,
    );
    expect(() => requireNames([input(path, 'a')], { ...beside, overwrite: true })).not.toThrow();
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
