import { InputError } from '../../errors/errors.js';
import type { GrayOptions } from '../../experiments/options/preprocess.js';
import type { Frame, Picture } from '../sample.js';

export const luminance = [0.299, 0.587, 0.114] as const;

/** Of red, green and blue. */
export const weightsOf = (options: GrayOptions): readonly number[] =>
  options === 'luminance' ? luminance : options === 'green' ? [0, 1, 0] : options;

/** The frame with one channel; an image that has one already stays as it is. Throws `InputError` where it has no colours. */
export function gray<T extends Frame>(frame: T, options: GrayOptions): T {
  requireColours('gray', frame);
  return frame.image.channels === 1 ? frame : { ...frame, image: mixed(frame.image, options) };
}

/** Throws `InputError` where an image has neither one channel nor red, green and blue. */
export function requireColours(step: string, { id, image: { channels } }: Frame): void {
  if (channels === 1 || channels === 3) return;
  throw new InputError(
    `image ${id} has ${channels} channels, and the step ${step} takes 1 or 3: leave the step out of preprocess`,
  );
}

function mixed(image: Picture, options: GrayOptions): Picture {
  const [r, g, b] = weightsOf(options);
  const { width, height, channels, data } = image;
  const out = new Float32Array(width * height);
  for (let i = 0; i < out.length; i++) {
    const at = i * channels;
    out[i] = r! * data[at]! + g! * data[at + 1]! + b! * data[at + 2]!;
  }
  return { width, height, channels: 1, data: out };
}
