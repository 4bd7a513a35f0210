import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import sharp from 'sharp';
import { afterEach, beforeEach } from 'vitest';
import type { ListedImage } from '../../../src/runtime/data/dataset.js';
import type { Sample } from '../../../src/runtime/data/sample.js';
import { readSample } from '../../../src/runtime/data/sources/read-entry.js';
import type { MaskOptions } from '../../../src/runtime/experiments/options/data.js';

/** A folder that each test gets empty. */
export interface Folder {
  readonly root: () => string;
  /** Writes a file, its folders too, and answers with its path. */
  readonly write: (name: string, bytes: string | Uint8Array) => Promise<string>;
  /** Writes grey values (one a pixel) or colours (three a pixel) in the format that the name ends with. */
  readonly draw: (
    name: string,
    width: number,
    values: readonly number[],
    channels?: 1 | 3,
  ) => Promise<string>;
}

export function testFolder(): Folder {
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'netc-data-'));
  });
  afterEach(() => rm(root, { recursive: true }));
  const write: Folder['write'] = async (name, bytes) => {
    const path = join(root, name);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, bytes);
    return path;
  };
  return {
    root: () => root,
    write,
    async draw(name, width, values, channels = 1) {
      const height = values.length / channels / width;
      const picture = sharp(Buffer.from(values), { raw: { width, height, channels } });
      const ending = name.slice(name.lastIndexOf('.') + 1);
      const named = channels === 1 ? picture.toColourspace('b-w') : picture;
      const stored =
        ending === 'tif'
          ? named.tiff({ compression: 'lzw' })
          : named.toFormat(ending as 'png', { lossless: true });
      return write(name, await stored.toBuffer());
    },
  };
}

/** A listed image as its own files say, held to no rule of a dataset. */
export const readListed = (
  { id, files }: ListedImage,
  labels: MaskOptions['labels'] = null,
): Promise<Sample> => readSample(id, files!, { labels, ignore: null });
