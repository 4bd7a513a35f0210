import type { Tensors } from '../engines/engine.js';
import { InputError } from '../errors/errors.js';

/** The inputs of a call whose loss is NaN or infinite. */
export interface NotFinite {
  readonly loss: number;
  /** From 0. */
  readonly step: number;
  readonly inputs: Tensors;
}

/** That the loss of a step is NaN or infinite, and the policy is to stop. */
export class LossNotFinite extends InputError {
  constructor(readonly found: NotFinite) {
    super(
      `the loss is ${found.loss} at step ${found.step + 1}: lower learningRate, let schedule.warmup raise it more slowly, or limit the gradients by clip`,
    );
  }
}
