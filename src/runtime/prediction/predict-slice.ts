import { type View, viewOf } from '../data/view.js';
import { InputError } from '../errors/errors.js';
import type { FovOrigin, ReadWithFov } from './fields-of-view.js';
import type { Input } from './inputs.js';
import { type MapOptions, type Maps, mapsOf } from './maps.js';
import type { Segmenter } from './segmenter.js';
import type { WriteOptions } from './write-prediction.js';

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
      requireNumbers(input.path, values);
      onRows(top, values, channels);
      onShare((top + values.length / channels / width) / height);
    });
  return { maps: await mapsOf({ ...question, answer }, view, fov, options), view, origin };
}

/** Throws `InputError` where an answer has values that are no numbers: they would count as background. */
export function requireNumbers(image: string, values: Float32Array): void {
  if (values.every((value) => !Number.isNaN(value))) return;
  throw new InputError(
    `the network answers ${image} with values that are no numbers: its training diverged, or the image holds such values`,
  );
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
