import { join } from 'node:path';
import sharp from 'sharp';
import { npyOf } from '../data/formats/write-npy.js';
import type { View } from '../data/view.js';
import { writeAtomically } from '../files/disk.js';
import { writePng } from '../files/png.js';
import type { Maps } from './maps.js';
import { type Named, namesOf } from './names.js';

/** By class, from 1 on and then again: how it is tinted. */
const tints = [
  [40, 200, 90],
  [255, 80, 160],
  [255, 176, 0],
  [65, 180, 255],
  [180, 128, 255],
] as const;

/** The image with the predicted classes tinted, three bytes a pixel. */
export function tinted({ channels, data }: View, labels: Uint8Array): Uint8Array {
  const out = new Uint8Array(labels.length * 3);
  for (let i = 0; i < labels.length; i++) {
    const tint = labels[i] === 0 ? null : tints[(labels[i]! - 1) % tints.length]!;
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + (channels === 1 ? 0 : c)]!;
      out[i * 3 + c] = tint === null ? value : (value + tint[c]!) >> 1;
    }
  }
  return out;
}

/** Where the parts of a prediction were written. */
export interface PredictedFiles {
  /** One file a foreground class: grey values of 16 bits, or an array of float32. */
  readonly probabilities: readonly string[];
  /** One channel: 0 and 255, or the numbers of the classes. */
  readonly mask: string;
  readonly overlay: string;
}

/** How and where predictions are written. */
export interface WriteOptions {
  readonly folder: string;
  /** The names of masks, with `{id}` or `{number}`, as challenges want them; null: the image's name with `-mask` behind. */
  readonly maskName: string | null;
  /** Whether the mask of a single class has 0 and 1, as of several it has their numbers, and not 0 and 255. */
  readonly numbers: boolean;
  /** `png`: 16 bits; `npy`: float32. */
  readonly probabilities: 'png' | 'npy';
}

/** Writes maps, mask and overlay of an image, or of one slice of it. */
export async function writePrediction(
  named: Named,
  view: View,
  { width, height, labels, probabilities }: Maps,
  options: WriteOptions,
): Promise<PredictedFiles> {
  const names = namesOf(named, options, probabilities.length);
  const files = {
    probabilities: names.probabilities.map((name) => join(options.folder, name)),
    mask: join(options.folder, names.mask),
    overlay: join(options.folder, names.overlay),
  };
  for (const [k, values] of probabilities.entries()) {
    const bytes =
      values instanceof Float32Array
        ? npyOf([height, width], [values])
        : await sharp(values, { raw: { width, height, channels: 1 } })
            .toColourspace('grey16')
            .png()
            .toBuffer();
    await writeAtomically(files.probabilities[k]!, bytes);
  }
  const white = probabilities.length === 1 && !options.numbers ? 255 : 1;
  await writePng(files.mask, white === 1 ? labels : labels.map((n) => n * white), width, height);
  await writePng(files.overlay, tinted(view, labels), width, height);
  return files;
}
