import type { Engine, Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';

export interface LoopOptions {
  readonly steps: number;
  /** Batches a step: all but the last are fed to the function `accumulate`, the last to `train`. */
  readonly parts: number;
  /** What the function of a part, counted from 0, is fed in a step. */
  readonly inputs: (step: number, part: number) => Tensors;
  /** Asked after every step: whether to end early. */
  readonly stopped: () => boolean;
  readonly onStep: (step: number, loss: number) => Promise<void>;
}

/**
 * Trains step after step and returns how many were done. A step's loss is the mean over its batches. The next batch is made while the engine,
 * in its own thread, computes. Throws `InputError` when the loss is no longer a number.
 */
export async function trainSteps(engine: Engine, options: LoopOptions): Promise<number> {
  const { steps, parts } = options;
  let inputs = options.inputs(0, 0);
  for (let step = 0; step < steps; step++) {
    let loss = 0;
    for (let part = 0; part < parts; part++) {
      const last = part + 1 === parts;
      const running = engine.call(last ? 'train' : 'accumulate', inputs);
      if (!last) inputs = options.inputs(step, part + 1);
      else if (step + 1 < steps) inputs = options.inputs(step + 1, 0);
      loss += ((await running).loss?.data[0] ?? Number.NaN) / parts;
    }
    if (!Number.isFinite(loss)) {
      throw new InputError(
        `the loss is ${loss} at step ${step + 1}: lower learningRate, or let schedule.warmup raise it more slowly`,
      );
    }
    await options.onStep(step, loss);
    if (options.stopped()) return step + 1;
  }
  return steps;
}
