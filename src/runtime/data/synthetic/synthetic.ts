import type { SyntheticOptions } from '../../experiments/options/data.js';
import type { Dataset } from '../dataset.js';
import type { Sample } from '../sample.js';

/** Ids by the number of the image, from 1. */
export const nameOf = (index: number): string => String(index).padStart(2, '0');

/**
 * Synthetic images, made as they are read: those to train on come first, then those to test on, then those to validate on, so that
 * validating on some changes no other.
 */
export function syntheticDataset(
  classes: readonly string[],
  { train, validation, test, size }: SyntheticOptions,
  draw: (index: number) => Sample,
  channels = 3,
): Dataset {
  const header = { width: size, height: size, channels, slices: 1, affine: null };
  const entries = (first: number, count: number) =>
    Array.from({ length: count }, (_, i) => ({
      id: nameOf(first + i),
      group: null,
      files: null,
      header,
      read: async () => draw(first + i),
    }));
  return {
    classes,
    train: entries(1, train),
    validation: entries(train + test + 1, validation),
    test: entries(train + 1, test),
    unlabelled: [],
  };
}
