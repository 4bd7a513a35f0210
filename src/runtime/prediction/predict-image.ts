import { readSize } from '../data/formats/read-picture.js';
import type { FovOrigin, ReadWithFov } from './fields-of-view.js';
import type { Input } from './inputs.js';
import { foregroundOf, type MapOptions, type Maps, mapsOf, type Size } from './maps.js';
import type { Segmenter } from './segmenter.js';
import {
  type PredictedFiles,
  type View,
  viewOf,
  type WriteOptions,
  writePrediction,
} from './write-prediction.js';

/** What `netc predict` says of an image, or of one slice of a stack. */
export interface PredictedImage extends Size {
  readonly image: string;
  /** From 0; absent where the file is one picture. */
  readonly slice?: number;
  /** The share of the pixels, inside the field of view, that are of a foreground class. */
  readonly foreground: number;
  readonly fieldOfView: FovOrigin;
  readonly files: PredictedFiles;
}

/** How images are read, asked for and written. */
export interface Prediction {
  readonly segmenter: Segmenter;
  readonly read: ReadWithFov;
  readonly maps: MapOptions;
  readonly write: WriteOptions;
  /** Whether maps are written at the image's own size, or at the one that the network saw. */
  readonly size: 'image' | 'network';
}

/** Is told how much of an image is done, from 0 to 1. */
export type OnShare = (share: number) => void;

/**
 * Predicts the image, or each slice of it, and writes the answers. Throws `InputError` where it cannot be read or is not for the
 * network.
 */
export async function predictImage(
  prediction: Prediction,
  input: Input,
  onShare: OnShare,
): Promise<readonly PredictedImage[]> {
  const { slices } = await readSize(input.path);
  const images: PredictedImage[] = [];
  for (let slice = 0; slice < slices; slice++) {
    const onOwn = (share: number): void => onShare((slice + share) / slices);
    const { maps, view, origin } = await predictSlice(prediction, input, slice, onOwn);
    const stem = slices === 1 ? input.stem : `${input.stem}-${sliceName(slice, slices)}`;
    const files = await writePrediction(stem, view, maps, prediction.write);
    const { found, all } = foregroundOf(maps);
    images.push({
      image: input.path,
      ...(slices > 1 && { slice }),
      width: maps.width,
      height: maps.height,
      foreground: found / Math.max(all, 1),
      fieldOfView: origin,
      files,
    });
  }
  return images;
}

/** As entries of a dataset are named: `z07` of up to a hundred slices. */
export const sliceName = (slice: number, slices: number): string =>
  `z${String(slice).padStart(String(slices - 1).length, '0')}`;

/** A slice's maps and the picture they lie over, of one size. */
export async function predictSlice(
  { segmenter, read, maps: options, size }: Prediction,
  input: Input,
  slice: number,
  onShare: OnShare,
): Promise<{ readonly maps: Maps; readonly view: View; readonly origin: FovOrigin }> {
  const { question, view, fov, origin } = await asked(segmenter, read, input, slice, size);
  const { width, height } = question;
  const answer: typeof question.answer = (onRows) =>
    question.answer((top, values, channels) => {
      onRows(top, values, channels);
      onShare((top + values.length / channels / width) / height);
    });
  return { maps: await mapsOf({ ...question, answer }, view, fov, options), view, origin };
}

/** The question, and what people see. What was decoded is given up here: of a large image each copy counts. */
async function asked(
  segmenter: Segmenter,
  read: ReadWithFov,
  input: Input,
  slice: number,
  size: Prediction['size'],
) {
  const { frame, origin } = await read(input, slice);
  const { question, shown } = segmenter.prepare(frame);
  const own = size === 'image' ? frame : shown;
  return { question, view: viewOf(own.image), fov: own.fov, origin };
}
