import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { InputError, MachineError } from '../../errors/errors.js';
import type { Batch } from '../patches.js';
import type { BatchOptions, BatchSource } from './batch-source.js';
import type { Problem, Reply, Request } from './protocol.js';

/** How many batches are made or being made, that of the step which is asked for among them. */
const depth = 4;

/**
 * Batches made on a thread of its own: images are decoded, preprocessed and augmented there while the engine computes. A
 * source that nobody waits for does not keep the process alive.
 */
export function openBatches(options: BatchOptions): BatchSource {
  const worker = new Worker(new URL('./batches-worker.js', import.meta.url), {
    workerData: options,
  });
  const made = new Map<number, Pending>();
  let ended: Error | undefined;
  const end = (error: Error): void => {
    ended ??= error;
    for (const { reject } of made.values()) reject(ended);
  };
  worker.unref();
  worker.on('message', (reply: Reply) => {
    const pending = made.get(reply.step);
    if ('batch' in reply) pending?.resolve(reply.batch);
    else pending?.reject(errorOf(reply.problem));
  });
  worker.on('error', (error) => end(new MachineError(`Making batches failed: ${error.message}`)));
  worker.on('exit', () => end(new MachineError('The source of batches is closed.')));
  const ask = (request: Request): void => worker.postMessage(request);

  return {
    async next(step) {
      if (ended) throw ended;
      for (const known of made.keys())
        if (known < step || known >= step + depth) made.delete(known);
      for (let n = step; n < step + depth; n++) {
        if (made.has(n)) continue;
        made.set(n, pendingBatch());
        ask({ step: n });
      }
      worker.ref();
      try {
        return await made.get(step)!.batch;
      } finally {
        worker.unref();
      }
    },
    async close() {
      if (ended) return;
      const exited = once(worker, 'exit');
      worker.ref();
      ask({ close: true });
      await exited;
    },
  };
}

interface Pending {
  readonly batch: Promise<Batch>;
  readonly resolve: (batch: Batch) => void;
  readonly reject: (error: Error) => void;
}

function pendingBatch(): Pending {
  let resolve!: Pending['resolve'];
  let reject!: Pending['reject'];
  const batch = new Promise<Batch>((onBatch, onError) => {
    resolve = onBatch;
    reject = onError;
  });
  // One that is made ahead and never asked for has nobody to tell.
  batch.catch(() => {});
  return { batch, resolve, reject };
}

const errorOf = ({ input, message }: Problem): Error =>
  input ? new InputError(...input) : new Error(message);
