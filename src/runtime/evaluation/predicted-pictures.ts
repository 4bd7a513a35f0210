import sharp from 'sharp';
import type { Picture } from '../data/sample.js';
import { writeAtomically } from '../files.js';
import { writePng } from './overlay.js';
import type { Maps } from './predicted-maps.js';

/** An image as a screen shows it: bytes of one or three channels. */
export interface View {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/**
 * Values of 0 to 255 as they are; others, such as Hounsfield units, spread from least to greatest. Of two, four or more
 * channels, which are no colours, the first.
 */
export function viewOf(picture: Picture): View {
  const { width, height } = picture;
  const channels = picture.channels === 3 ? 3 : 1;
  const data =
    picture.channels === channels
      ? picture.data
      : picture.data.filter((_, i) => i % picture.channels === 0);
  let [low, high] = [0, 255];
  for (let i = 0; i < data.length; i++) {
    if (data[i] < low) low = data[i];
    else if (data[i] > high) high = data[i];
  }
  const bytes = new Uint8Array(data.length);
  for (let i = 0; i < data.length; i++) {
    bytes[i] = Math.round(((data[i] - low) / (high - low)) * 255);
  }
  return { width, height, channels, data: bytes };
}

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
    const tint = labels[i] === 0 ? null : tints[(labels[i] - 1) % tints.length];
    for (let c = 0; c < 3; c++) {
      const value = data[i * channels + (channels === 1 ? 0 : c)];
      out[i * 3 + c] = tint === null ? value : (value + tint[c]) >> 1;
    }
  }
  return out;
}

/** Where the parts of a prediction were written. */
export interface PredictedFiles {
  /** Grey values of 16 bits, one file a foreground class. */
  readonly probabilities: readonly string[];
  /** 0 and 255; of several classes their numbers. */
  readonly mask: string;
  readonly overlay: string;
}

/** Writes maps, mask and overlay beside each other, their names beginning with `stem`. */
export async function writePrediction(
  stem: string,
  view: View,
  { width, height, labels, probabilities }: Maps,
): Promise<PredictedFiles> {
  const one = probabilities.length === 1;
  const files = {
    probabilities: probabilities.map((_, k) => `${stem}-probability${one ? '' : `-${k + 1}`}.png`),
    mask: `${stem}-mask.png`,
    overlay: `${stem}-overlay.png`,
  };
  for (const [k, values] of probabilities.entries()) {
    const picture = sharp(values, { raw: { width, height, channels: 1 } });
    const png = await picture.toColourspace('grey16').png().toBuffer();
    await writeAtomically(files.probabilities[k], png);
  }
  await writePng(files.mask, one ? labels.map((label) => label * 255) : labels, width, height);
  await writePng(files.overlay, tinted(view, labels), width, height);
  return files;
}
