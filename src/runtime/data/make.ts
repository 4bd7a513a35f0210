import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { InputError } from '../errors.js';
import { writeAtomically } from '../files.js';
import { signedTiff } from './formats/write-tiff.js';
import type { Picture, Sample } from './sample.js';
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
 * units as signed TIFF. Read back as a folder they are what was drawn. Throws `InputError` where `out` holds something.
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
  const plane = (data: Uint8Array, white: number) =>
    png({ ...image, channels: 1, data: Float32Array.from(data, (value) => value * white) });
  if (image.channels === 3)
    await writeAtomically(join(out, 'images', `${id}.png`), await png(image));
  else {
    const tiff = signedTiff(image.width, image.height, image.data);
    await writeAtomically(join(out, 'images', `${id}.tif`), tiff);
  }
  const numbers = await plane(mask.data, labelled ? 1 : 255);
  await writeAtomically(join(out, 'masks', `${id}.png`), numbers);
  if (fov) await writeAtomically(join(out, 'fov', `${id}.png`), await plane(fov.data, 255));
}

const png = ({ width, height, channels, data }: Picture): Promise<Buffer> =>
  sharp(Uint8Array.from(data), { raw: { width, height, channels: channels as 1 | 3 } })
    .toColourspace(channels === 1 ? 'b-w' : 'srgb')
    .png()
    .toBuffer();
