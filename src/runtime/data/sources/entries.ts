import { join } from 'node:path';
import { InputError } from '../../errors/errors.js';
import type { Entry } from '../dataset.js';
import { readHeader } from '../formats/read-picture.js';
import { headerCache } from '../known-files.js';
import type { Labels } from '../masks/labels.js';
import { sliceName } from '../slice-name.js';
import type { Pair } from './pairs.js';
import { readSample } from './read-entry.js';

interface EntryOptions {
  readonly root: string;
  readonly labels: Labels | null;
}

/** How many headers are read at a time. */
const together = 8;

/**
 * An entry a picture: each slice of a volume is one, `ID-z012`, and all of a volume are of one patient. Only headers are read.
 */
export async function entriesOf(pairs: readonly Pair[], options: EntryOptions): Promise<Entry[]> {
  const depths = await slicesOf(options.root, pairs);
  const entries: Entry[] = [];
  for (const [n, pair] of pairs.entries()) {
    const slices = depths[n];
    const { patient } = pair;
    if (slices === 1) entries.push(entryOf(pair, pair.id, patient, 0, options));
    else {
      for (let z = 0; z < slices; z++) {
        const id = `${pair.id}-${sliceName(z, slices)}`;
        entries.push(entryOf(pair, id, patient ?? pair.id, z, options));
      }
    }
  }
  return entries;
}

/** One where a file cannot be read: whoever reads it says so. */
async function slicesOf(root: string, pairs: readonly Pair[]): Promise<number[]> {
  const cache = await headerCache(root);
  const slices: number[] = [];
  const depth = async ({ image }: Pair): Promise<number> => {
    try {
      return (await cache.get(join(root, image), readHeader)).slices;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return 1;
    }
  };
  for (let n = 0; n < pairs.length; n += together) {
    slices.push(...(await Promise.all(pairs.slice(n, n + together).map(depth))));
  }
  await cache.save();
  return slices;
}

function entryOf(
  pair: Pair,
  id: string,
  group: string | null,
  slice: number,
  { root, labels }: EntryOptions,
): Entry {
  const files = {
    image: join(root, pair.image),
    masks: pair.masks.map((path) => join(root, path)),
    fov: pair.fov && join(root, pair.fov),
    slice,
  };
  return { id, group, files, read: () => readSample(id, files, { labels, ignore: null }) };
}
