import type { DataOptions } from '../../experiments/options/data.js';
import type { Batch, PatchOptions } from '../patches.js';
import type { Preprocessing } from '../preprocess.js';

/** What batches are made of: plain data, so that another thread can make them. */
export interface BatchOptions extends PatchOptions {
  readonly data: DataOptions;
  readonly preprocessing: Preprocessing;
}

/** The batches of a training, made ahead of need. */
export interface BatchSource {
  /**
   * The batch of a step, which depends on seed and step alone. Those of the steps after it are begun. Rejects with
   * `InputError` where an image cannot be read or no patch fits it.
   */
  next(step: number): Promise<Batch>;
  close(): Promise<void>;
}
