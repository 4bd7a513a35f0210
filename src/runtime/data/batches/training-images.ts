import { InputError } from '../../errors/errors.js';
import type { DataOptions } from '../../experiments/options/data.js';
import type { PreprocessOptions } from '../../experiments/options/preprocess.js';
import { cacheLimit, type ReadThrough, readThrough } from '../cache/image-cache.js';
import { type Dataset, type Entry, openDataset } from '../dataset.js';
import {
  type Batch,
  batchMaker,
  cornersOf,
  type TrainingImage,
  type TrainingImages,
} from '../patches.js';
import { type Preprocessing, scale } from '../preprocess.js';
import type { BatchOptions } from './batch-source.js';

/** Images that are kept as the network sees them; beyond this the one not used for longest is read again. */
const memory = 512 * 2 ** 20;

/** Reads images of `data` through the user's cache. Throws `InputError` where its limit is no size. */
export function cachedReading(data: DataOptions, steps: PreprocessOptions): ReadThrough {
  const { cache, ...reading } = { cache: null, root: null, split: null, ...data };
  return readThrough(steps, {
    reading: JSON.stringify({ ...reading, root: null, split: null }),
    limit: cacheLimit(cache),
  });
}

/**
 * The images to train on, preprocessed when first asked for.
 * @param bytes how much of them is kept, the least recently used given up first
 */
export function trainingImages(
  entries: readonly Entry[],
  preprocessing: Preprocessing,
  size: number,
  read: ReadThrough,
  bytes = memory,
): TrainingImages {
  const kept = new Map<number, TrainingImage>();
  let held = 0;
  const keep = (index: number, training: TrainingImage): void => {
    kept.set(index, training);
    held += bytesOf(training);
    for (const [oldest, given] of kept) {
      if (held <= bytes || oldest === index) break;
      kept.delete(oldest);
      held -= bytesOf(given);
    }
  };
  return {
    count: entries.length,
    async at(index) {
      const found = kept.get(index);
      if (found) {
        // A map iterates in the order of insertion: so the last used is the last.
        kept.delete(index);
        kept.set(index, found);
        return found;
      }
      const seen = scale(preprocessing, await read(entries[index]!));
      const training = { ...seen, corners: cornersOf(seen.sample, size) };
      keep(index, training);
      return training;
    },
  };
}

const bytesOf = ({ sample: { image, mask, fov }, corners }: TrainingImage): number =>
  image.data.byteLength + mask.data.byteLength + (fov?.data.byteLength ?? 0) + corners.bytes;

/** Makes batches on this thread. Throws `InputError` with what is wrong with the dataset. */
export async function openMaker(
  options: BatchOptions,
  open: (data: DataOptions) => Promise<Dataset> = openDataset,
): Promise<(step: number) => Promise<Batch>> {
  const { data, preprocessing, size } = options;
  const { train } = await open(data);
  if (train.length === 0) {
    throw new InputError(
      'the dataset has no images to train on: name a folder that has some by data.root, or divide what is there by data.split',
    );
  }
  const read = cachedReading(data, preprocessing.steps);
  return batchMaker(trainingImages(train, preprocessing, size, read), options);
}
