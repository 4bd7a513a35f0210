import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../errors/errors.js';
import { writeAtomically } from '../files/disk.js';
import { writePng } from '../files/png.js';
import { signedTiff } from './formats/write-tiff.js';
import type { Sample } from './sample.js';
import { drawLesion } from './synthetic/lesion.js';
import { drawLung } from './synthetic/lung.js';
import { drawRetina } from './synthetic/retina.js';

export interface MakeOptions {
  readonly out: string;
  readonly count: number;
  readonly size: number;
  readonly seed: number;
}

const drawings = {
  retina: drawRetina,
  lesion: drawLesion,
  lung: drawLung,
  'lung-sides': (size: number, seed: number, index: number) => drawLung(size, seed, index, 2),
} as const;

export type Drawing = keyof typeof drawings;

/** The labels of the masks that have more than one class. */
export const labelsOf = (kind: Drawing): Readonly<Record<string, number>> | null =>
  kind === 'lung-sides' ? { right: 1, left: 2 } : null;

/**
 * Writes images 1 to `count` into `images`, `masks` and, where there is a field of view, `fov`: colours as PNG, Hounsfield
 * units as signed TIFF. Read back as a folder they are what was made. Throws `InputError` where `out` holds something.
 */
export async function makeImages(kind: Drawing, { out, count, size, seed }: MakeOptions) {
  const there = await readdir(out).catch(() => []);
  if (there.length > 0)
    throw new InputError(`${out} holds other files: choose another folder by --out`);
  for (let index = 1; index <= count; index++) {
    await writeSample(out, drawings[kind](size, seed, index), labelsOf(kind) !== null);
  }
}

async function writeSample(out: string, sample: Sample, labelled: boolean): Promise<void> {
  const { id, image, mask, fov } = sample;
  const { width, height } = image;
  const write = (folder: string, data: Uint8Array): Promise<void> =>
    writePng(join(out, folder, `${id}.png`), data, width, height);
  const white = (data: Uint8Array): Uint8Array => data.map((value) => value * 255);
  if (image.channels === 3) await write('images', Uint8Array.from(image.data));
  else {
    const tiff = signedTiff(width, height, image.data);
    await writeAtomically(join(out, 'images', `${id}.tif`), tiff);
  }
  await write('masks', labelled ? mask.data : white(mask.data));
  if (fov) await write('fov', white(fov.data));
}
