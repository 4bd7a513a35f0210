import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { still } from '../../../../src/runtime/data/augment/augmentation.js';
import type {
  BatchOptions,
  BatchSource,
} from '../../../../src/runtime/data/batches/batch-source.js';
import { openMaker } from '../../../../src/runtime/data/batches/training-images.js';
import { built } from '../../engines/any-engine.js';

const { openBatches } = (await import(built('data/batches/client.js'))) as {
  openBatches: (options: BatchOptions) => BatchSource;
};

const options: BatchOptions = {
  data: { kind: 'synthetic-retina', train: 3, validation: 0, test: 1, size: 48, seed: 1 },
  preprocessing: { steps: [{ standardise: 'image' }], channels: 3, statistics: null },
  batch: 4,
  size: 16,
  margin: 2,
  augment: {
    ...still,
    flips: true,
    rotate: 20,
    elastic: { amplitude: 1, smoothness: 4 },
    noise: 0.02,
  },
  seed: 3,
};

describe('batches from a thread of their own', () => {
  it('are those that would be made here, in whatever order they are asked for', async () => {
    const source = openBatches(options);
    const here = await openMaker(options);
    for (const step of [0, 1, 2, 9, 3]) expect(await source.next(step)).toEqual(await here(step));
    await source.close();
  });

  it('end with their source', async () => {
    const source = openBatches(options);
    const first = source.next(0).catch((error: Error) => error);
    await source.close();
    await source.close();
    await expect(source.next(1)).rejects.toThrow('closed');
    expect(await first).toBeDefined();
  });
});

describe('an image that is at fault', () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'netc-batches-'));
    for (const kind of ['images', 'masks']) {
      await mkdir(join(root, kind));
      const data = Buffer.alloc(32 * 32, 255);
      const raw = { width: 32, height: 32, channels: 1 } as const;
      const picture = sharp(data, { raw }).toColourspace('b-w');
      for (const id of ['1', '2'])
        await picture
          .clone()
          .png()
          .toFile(join(root, kind, `${id}.png`));
    }
  });
  afterEach(() => rm(root, { recursive: true }));

  const folder = (): BatchOptions => ({
    ...options,
    preprocessing: { ...options.preprocessing, channels: 1 },
    data: {
      kind: 'folder',
      root,
      images: 'images/{id}.*',
      masks: 'masks/{id}.*',
      fov: null,
      labels: null,
      patient: null,
      cache: 0,
      split: { kind: 'seed', seed: 1, train: null, validation: 0, test: 1 },
    },
  });

  const failure = async (given: BatchOptions): Promise<Error> => {
    const source = openBatches(given);
    const error = await source.next(0).then(
      () => new Error('a batch came'),
      (refusal: Error) => refusal,
    );
    await source.close();
    return error;
  };

  it('is told as what it is', async () => {
    const small = await failure({ ...folder(), size: 40 });
    expect(small.name).toBe('InputError');
    expect(small.message).toMatch(/40x40 do not fit image \d of 32x32: set patch to 32 or less/);
    const none = await failure({ ...options, data: { ...options.data, train: 0 } as never });
    expect(none.message).toMatch(/has no images to train on/);
    const colour = await failure({ ...folder(), preprocessing: options.preprocessing });
    expect(colour.message).toMatch(/image \d has 1 channel and the network takes 3/);
  });

  it('may have been spoilt since it was listed', async () => {
    const source = openBatches(folder());
    await source.next(0);
    await source.close();
    for (const id of ['1', '2']) {
      const bytes = await sharp(join(root, 'images', `${id}.png`)).toBuffer();
      await writeFile(join(root, 'images', `${id}.png`), bytes.subarray(0, bytes.length - 20));
    }
    const spoilt = await failure(folder());
    expect(spoilt.name).toBe('InputError');
    expect(spoilt.message).toMatch(/images.\d\.png/);
  });
});
