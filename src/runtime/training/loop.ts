import type { Batch } from '../data/patches.js';
import type { Engine, Tensors } from '../engines/engine.js';
import { LossNotFinite, type NotFinite } from './loss-not-finite.js';

export interface LoopOptions {
  /** Steps that were done before. */
  readonly first: number;
  readonly steps: number;
  /** Batches a step: all but the last are fed to the function `accumulate`, the last to `train`. */
  readonly parts: number;
  /** The batch of a part, counted from 0, of a step. */
  readonly batch: (step: number, part: number) => Promise<Batch>;
  /** What the function of that part is fed. Asked when the step begins. */
  readonly feed: (batch: Batch, step: number, part: number) => Tensors;
  /** Whether batches of other steps are wanted after `done` steps, before the next one's. */
  readonly pausesAfter: (done: number) => boolean;
  /** Is told the loss, or null of a step that the function `train` skipped; answers whether to end early. */
  readonly onStep: (step: number, loss: number | null) => Promise<boolean>;
}

/**
 * Trains step after step and returns how many are done, those before among them. A step's loss is the mean over its batches.
 * The next batch is made while the engine, in its own thread, computes. Throws `LossNotFinite` when the loss is no longer a
 * number and the step was not skipped.
 */
export async function trainSteps(engine: Engine, options: LoopOptions): Promise<number> {
  const { first, steps, parts, batch, feed } = options;
  let next: Promise<Batch> | undefined;
  const begin = (step: number, part: number): void => {
    if (step === steps) return;
    next = batch(step, part);
    // A failure is told where the batch is awaited, which may be after a failure of the engine.
    next.catch(() => {});
  };
  for (let step = first; step < steps; step++) {
    let loss = 0;
    let isSkipped = false;
    let bad: NotFinite | undefined;
    const pauses = options.pausesAfter(step + 1);
    for (let part = 0; part < parts; part++) {
      const last = part + 1 === parts;
      if (next === undefined) begin(step, part);
      const inputs = feed(await next!, step, part);
      next = undefined;
      const running = engine.call(last ? 'train' : 'accumulate', inputs);
      if (!last) begin(step, part + 1);
      else if (!pauses) begin(step + 1, 0);
      const outputs = await running;
      const own = outputs.loss?.data[0] ?? Number.NaN;
      if (!Number.isFinite(own)) bad ??= { loss: own, step, inputs };
      loss += own / parts;
      isSkipped = outputs.skipped?.data[0] === 1;
    }
    if (bad && !isSkipped) throw new LossNotFinite(bad);
    if (await options.onStep(step, isSkipped ? null : loss)) return step + 1;
  }
  return steps;
}
