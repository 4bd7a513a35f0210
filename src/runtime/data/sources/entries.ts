import { join } from 'node:path';
import { InputError } from '../../errors.js';
import type { Entry, EntryFiles } from '../dataset.js';
import { type Labels, readMask } from '../formats/read-mask.js';
import { readPicture, readSize } from '../formats/read-picture.js';
import type { Frame, Mask, Picture, Sample } from '../sample.js';
import type { Pair } from './pairs.js';

export interface EntryOptions {
  readonly root: string;
  readonly labels: Labels | null;
}

/** Names of files that may hold many pictures behind each other. */
const volume = /\.(nii|dcm)(\.gz)?$/i;

/**
 * An entry a picture: each slice of a volume is one, `ID-z012`, and all of a volume are of one patient. Only the headers
 * of volumes are read; those that cannot be go into `problems`.
 */
export async function entriesOf(
  pairs: readonly Pair[],
  options: EntryOptions,
  problems: string[],
): Promise<Entry[]> {
  const entries: Entry[] = [];
  for (const pair of pairs) {
    const slices = volume.test(pair.image) ? await slicesOf(options.root, pair, problems) : 1;
    const { patient } = pair;
    if (slices === 1) entries.push(entryOf(pair, pair.id, patient, 0, options));
    else {
      const digits = String(slices - 1).length;
      for (let z = 0; z < slices; z++) {
        const id = `${pair.id}-z${String(z).padStart(digits, '0')}`;
        entries.push(entryOf(pair, id, patient ?? pair.id, z, options));
      }
    }
  }
  return entries;
}

async function slicesOf(root: string, { image }: Pair, problems: string[]): Promise<number> {
  try {
    return (await readSize(join(root, image))).slices;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    problems.push(error.message);
    return 0;
  }
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
  return { id, group, files, read: () => readSample(id, files, labels) };
}

/** An image and its field of view, which must be of one size. Throws `InputError` where they are not. */
export async function readFrame(
  id: string,
  { image, fov, slice }: Omit<EntryFiles, 'masks'>,
): Promise<Frame> {
  const frame = {
    id,
    image: await readPicture(image, slice),
    fov: fov === null ? null : await readMask(fov),
  };
  if (frame.fov) requireSize(fov as string, frame.fov, image, frame.image);
  return frame;
}

async function readSample(id: string, files: EntryFiles, labels: Labels | null): Promise<Sample> {
  const frame = await readFrame(id, files);
  const [path] = files.masks;
  const mask = await readMask(path, labels, files.slice);
  requireSize(path, mask, files.image, frame.image);
  return { ...frame, mask };
}

function requireSize(path: string, mask: Mask, imagePath: string, image: Picture): void {
  if (mask.width === image.width && mask.height === image.height) return;
  throw new InputError(
    `${path} is ${mask.width}x${mask.height}, but its image ${imagePath} is ${image.width}x${image.height}: they must have one size`,
  );
}
