import { MachineError } from '../../errors/errors.js';
import { openClient } from '../../workers/client.js';
import type { Batch } from '../patches.js';
import type { BatchOptions, BatchSource } from './batch-source.js';

/** How many batches are made or being made, that of the step which is asked for among them. */
const depth = 4;

/** What the worker offers. */
type Maker = { readonly make: (step: number) => Promise<Batch> };

/**
 * Batches made on a thread of its own: images are decoded, preprocessed and augmented there while the engine computes. A
 * source that nobody waits for does not keep the process alive.
 */
export function openBatches(options: BatchOptions): BatchSource {
  const client = openClient<Maker>(
    new URL('./batches-worker.js', import.meta.url),
    options,
    (reason) =>
      new MachineError(
        reason ? `Making batches failed: ${reason}` : 'The source of batches is closed.',
      ),
  );
  const made = new Map<number, Promise<Batch>>();
  return {
    async next(step) {
      for (const known of made.keys())
        if (known < step || known >= step + depth) made.delete(known);
      for (let n = step; n < step + depth; n++) {
        if (made.has(n)) continue;
        const batch = client.call('make', n);
        // One that is made ahead and never asked for has nobody to tell.
        batch.catch(() => {});
        made.set(n, batch);
      }
      return client.awaited(made.get(step)!);
    },
    close() {
      made.clear();
      return client.close();
    },
  };
}
