import type { NiftiGeometry } from '../data/formats/nifti-geometry.js';
import { niftiGeometry, readSize } from '../data/formats/read-picture.js';
import { sliceName } from '../data/slice-name.js';
import { InputError } from '../errors/errors.js';
import type { Input } from './inputs.js';
import type { Named } from './names.js';

/** How an image is answered: as one volume, or as pictures, one a slice. */
export interface Answers {
  readonly slices: number;
  /** Where the answer is a volume; null: it is pictures. */
  readonly geometry: NiftiGeometry | null;
  /** What the files of each answer are named by: of a volume one, of pictures one a slice. */
  readonly named: readonly Named[];
}

/**
 * Of a NIfTI file one volume, where masks are as large as images; of other files of several pages pictures, one a page. Throws
 * `InputError` where the image cannot be read.
 */
export async function answersTo(
  { path, stem }: Pick<Input, 'path' | 'stem'>,
  size: 'image' | 'network',
): Promise<Answers> {
  const { slices } = await readSize(path);
  const geometry = size === 'image' ? await niftiGeometry(path) : null;
  if (geometry) return { slices, geometry, named: [{ stem, volume: true }] };
  const named = Array.from({ length: slices }, (_, i) => ({
    stem,
    ...(slices > 1 && { slice: sliceName(i, slices) }),
  }));
  return { slices, geometry, named };
}

/** What all answers to the images are named by. An image that cannot be read has none, which is told when it is its turn. */
export async function allNamed(
  inputs: readonly Input[],
  size: 'image' | 'network',
): Promise<readonly (Named & Pick<Input, 'path'>)[]> {
  const all: (Named & Pick<Input, 'path'>)[] = [];
  for (const input of inputs) {
    const answers = await answersTo(input, size).catch((error) => {
      if (error instanceof InputError) return undefined;
      throw error;
    });
    for (const one of answers?.named ?? [{ stem: input.stem }]) {
      all.push({ ...one, path: input.path });
    }
  }
  return all;
}
