import { describe, expect, it } from 'vitest';
import { openDataset } from '../../../src/runtime/data/dataset.js';
import { inspectData } from '../../../src/runtime/data/inspect.js';
import { manifestOf } from '../../../src/runtime/data/manifest.js';
import { sharedImages } from '../../../src/runtime/data/shared-images.js';
import type { DataOptions } from '../../../src/runtime/experiments/options/data.js';
import { testFolder } from './folder.js';

const { root, draw, write } = testFolder();

const data = (): DataOptions => ({
  kind: 'folder',
  root: root(),
  images: 'images/{id}.*',
  masks: 'masks/{id}.*',
  fov: null,
  labels: null,
  patient: null,
  split: { kind: 'list', train: null, validation: null, test: `${root()}/test.txt` },
  cache: null,
});

const found = async (): Promise<string | undefined> => {
  const dataset = await openDataset(data());
  return sharedImages(dataset, await manifestOf(dataset, data()));
};

describe('an image that is in two parts', () => {
  it('is found by the content of its file, whatever its name', async () => {
    for (const [i, id] of ['a', 'b', 'c', 'd'].entries()) {
      await draw(`images/${id}.png`, 2, [i, 2, 3, 4]);
      await draw(`masks/${id}.png`, 2, [0, 255, 0, 0]);
    }
    await write('test.txt', 'c\nd\n');
    expect(await found()).toBeUndefined();
    // The same mask twice is nothing odd; the same image is.
    await draw('images/d.png', 2, [0, 2, 3, 4]);
    const message =
      /^a of train and d of test are the same image, to the byte: scores would flatter the network/;
    expect(await found()).toMatch(message);
    const { problems } = await inspectData(data());
    expect(problems).toEqual([expect.stringMatching(message)]);
    await draw('images/c.png', 2, [1, 2, 3, 4]);
    expect(await found()).toMatch(/^b of train and c of test .* so is 1 other pair/);
  });
});

describe('masks that are foreground nowhere or everywhere', () => {
  it('are problems where others are not, one sentence for each of the two', async () => {
    const masks = { a: [0, 255], b: [0, 0], c: [255, 255], d: [0, 0] };
    for (const [i, [id, values]] of Object.entries(masks).entries()) {
      await draw(`images/${id}.png`, 2, [i, 7]);
      await draw(`masks/${id}.png`, 2, values);
    }
    await write('test.txt', 'd\n');
    const { problems } = await inspectData(data());
    expect(problems).toEqual([
      expect.stringMatching(/^\S+b\.png, \S+d\.png have no pixel of foreground: look at them/),
      expect.stringMatching(/^\S+c\.png has foreground in every pixel: look at it/),
    ]);
  });
});
