import { labelsOf } from './labels.js';
import type { OnRows } from './strip.js';

/** What is kept of a prediction: 1 or 2 bytes a probability, so that large images fit. */
export interface Maps {
  readonly width: number;
  readonly height: number;
  /** The likeliest class of each pixel, 0 for the background. */
  readonly labels: Uint8Array;
  /** Of each foreground class its probabilities, from 0 to 65535. */
  readonly probabilities: readonly Uint16Array[];
}

/** The highest value of a probability. */
export const certain = 65535;

/**
 * Maps of `width` by `height` and what fills them with rows of a prediction: one channel of the
 * foreground, held against `threshold`, or one a class with the background first.
 */
export function mapsOf(
  width: number,
  height: number,
  threshold: number,
): { readonly onRows: OnRows; readonly maps: () => Maps } {
  const labels = new Uint8Array(width * height);
  let probabilities: Uint16Array[] = [];
  return {
    onRows(top, values, channels) {
      const classes = Math.max(1, channels - 1);
      if (probabilities.length === 0) {
        probabilities = Array.from({ length: classes }, () => new Uint16Array(width * height));
      }
      const start = top * width;
      labels.set(labelsOf(values, values.length / channels, threshold), start);
      for (let i = 0; i < values.length / channels; i++) {
        for (let k = 0; k < classes; k++) {
          const value = values[i * channels + (channels === 1 ? 0 : k + 1)];
          probabilities[k][start + i] = Math.round(value * certain);
        }
      }
    },
    maps: () => ({ width, height, labels, probabilities }),
  };
}
