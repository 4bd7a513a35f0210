import { join } from 'node:path';
import { InputError } from '../../errors/errors.js';
import type { ListedImage } from '../dataset.js';
import { fewAtATime } from '../few-at-a-time.js';
import { readHeader } from '../formats/read-picture.js';
import { headerCache } from '../known-files.js';
import { sliceName } from '../slice-name.js';
import type { PairedImage } from './pairs.js';

/** How many headers are read at a time. */
const together = 8;

/**
 * An image a picture: each slice of a volume is one, `ID-z012`, and all of a volume are of one patient. Only headers are read.
 */
export async function imagesOf(
  pairs: readonly PairedImage[],
  root: string,
): Promise<ListedImage[]> {
  const depths = await slicesOf(root, pairs);
  const images: ListedImage[] = [];
  for (const [n, pair] of pairs.entries()) {
    const slices = depths[n]!;
    const { patient } = pair;
    if (slices === 1) images.push(imageOf(pair, pair.id, patient, 0, root));
    else {
      for (let z = 0; z < slices; z++) {
        const id = `${pair.id}-${sliceName(z, slices)}`;
        images.push(imageOf(pair, id, patient ?? pair.id, z, root));
      }
    }
  }
  return images;
}

/** One where a file cannot be read: whoever reads it says so. */
async function slicesOf(root: string, pairs: readonly PairedImage[]): Promise<number[]> {
  const cache = await headerCache(root);
  const depth = async ({ image }: PairedImage): Promise<number> => {
    try {
      return (await cache.get(join(root, image), readHeader)).slices;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return 1;
    }
  };
  const slices = await fewAtATime(pairs, together, depth);
  await cache.save();
  return slices;
}

function imageOf(
  pair: PairedImage,
  id: string,
  group: string | null,
  slice: number,
  root: string,
): ListedImage {
  const files = {
    image: join(root, pair.image),
    masks: pair.masks.map((path) => join(root, path)),
    fov: pair.fov && join(root, pair.fov),
    slice,
  };
  return { id, group, files };
}
