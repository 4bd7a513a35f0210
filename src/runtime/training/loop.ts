import type { Engine, Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';

export interface LoopOptions {
  readonly steps: number;
  /** What the `train` function is fed in a step. */
  readonly inputs: (step: number) => Promise<Tensors>;
  /** Asked after every step: whether to end early. */
  readonly stopped: () => boolean;
  readonly onStep: (step: number, loss: number) => Promise<void>;
}

/**
 * Trains step after step and returns how many were done. The next batch is made while the engine,
 * in its own thread, computes. Throws `InputError` when the loss is no longer a number.
 */
export async function trainSteps(engine: Engine, options: LoopOptions): Promise<number> {
  let inputs = await options.inputs(0);
  for (let step = 0; step < options.steps; step++) {
    const running = engine.call('train', inputs);
    const following = step + 1 < options.steps ? options.inputs(step + 1) : undefined;
    // A failure of either is told where it is awaited.
    following?.catch(() => {});
    const loss = (await running).loss?.data[0] ?? Number.NaN;
    if (!Number.isFinite(loss)) {
      throw new InputError(
        `the loss is ${loss} at step ${step + 1}: lower learningRate, or let schedule.warmup raise it more slowly`,
      );
    }
    await options.onStep(step, loss);
    if (options.stopped()) return step + 1;
    if (following) inputs = await following;
  }
  return options.steps;
}
