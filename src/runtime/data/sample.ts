import { mostClasses } from '../experiments/options/data.js';

/** Values by row, column and channel: `data[(y * width + x) * channels + c]`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/**
 * The class of each pixel, row by row: 0 outside, 1 inside, or up to K - 1 where there are several classes. In the ground
 * truth `notJudged` stands where nobody said.
 */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** The number of no class: a pixel that the loss, the scores and the choice of patches leave out. */
export const notJudged = mostClasses + 1;

/** One image as a network is given it: what `predict` has, and all that preprocessing may look at. */
export interface Frame {
  readonly id: string;
  readonly image: Picture;
  /** The field of view: the pixels that are standardised over, trained on and scored. Null where all are. */
  readonly fov: Mask | null;
}

/** One image with its ground truth. */
export interface Sample extends Frame {
  /** The vessels, the lesion, the lung. */
  readonly mask: Mask;
}

/**
 * Which pixels count, 1 or 0: those in the field of view that somebody judged. Null where all do. What loss, scores, shares
 * and the choice of patches go by; standardising goes by the field of view alone, since a pixel that nobody judged is still
 * one of the image.
 */
export function judged({ mask, fov }: Pick<Sample, 'mask' | 'fov'>): Uint8Array | null {
  if (!mask.data.includes(notJudged)) return fov === null ? null : fov.data;
  return mask.data.map((number, i) => (number !== notJudged && fov?.data[i] !== 0 ? 1 : 0));
}
