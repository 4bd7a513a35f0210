import type { Criterion } from '../../compiler/gradient/losses/options.js';
import type { OptimiserOptions } from '../../compiler/gradient/optimiser.js';
import type { StepMemory } from '../../compiler/passes/recompute/memories.js';
import type { Augmentation } from './options/augment.js';
import type { DataOptions } from './options/data.js';
import type { TrainingEngineOptions } from './options/engine.js';
import type { EvaluationOptions } from './options/evaluation.js';
import type { Precision } from './options/precision.js';
import type { PreprocessOptions } from './options/preprocess.js';
import type { NanPolicy, Schedule, ValidationOptions } from './options/training.js';
import type { WeightsOptions } from './options/weights.js';

/** Over the pixels in the field of view. */
export interface ExperimentLoss extends Criterion {
  /** The outputs it is of, with the factors of their losses; null: the model's only output or list. */
  readonly outputs: Readonly<Record<string, number>> | null;
}

/** An experiment with every default filled in: what a run's `experiment.yaml` holds. */
export interface Experiment {
  /** `path` is as a program opens it, no longer relative to the experiment's file. */
  readonly model: { readonly path: string; readonly name: string | null };
  /** The model's parameters in place of its own: `.net` expressions. */
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  /** What training starts from; null: initial values by the seed. Paths are as a program opens them. */
  readonly weights: WeightsOptions | null;
  /** Patterns of the weights and moments that training leaves as they are. */
  readonly freeze: readonly string[];
  readonly data: DataOptions;
  readonly preprocess: PreprocessOptions;
  readonly augment: Augmentation;
  readonly loss: ExperimentLoss;
  readonly optimiser: OptimiserOptions;
  /** The greatest norm of all gradients together; null: any. */
  readonly clip: number | null;
  /** Batches a step. */
  readonly accumulate: number;
  /** What a step keeps of its forward pass. */
  readonly memory: StepMemory;
  /** The decay of a moving average of the weights, which is what is scored; null: the weights are. */
  readonly ema: number | null;
  readonly precision: Precision;
  /** What a step does whose loss or gradients are NaN or infinite. */
  readonly onNan: NanPolicy;
  readonly learningRate: number;
  readonly schedule: Schedule;
  /** Training steps, 0 to score the weights as they are; null where `epochs` says how long. */
  readonly steps: number | null;
  readonly epochs: number | null;
  readonly patchesPerEpoch: number;
  readonly batch: number;
  /** Height and width of a training patch. */
  readonly patch: number;
  readonly seed: number;
  readonly engine: TrainingEngineOptions;
  /**
   * Over how many batches batch norm's moments are estimated again after training; 0: they stay as
   * training left them.
   */
  readonly moments: { readonly batches: number };
  /** A checkpoint every so many steps, after so many minutes without one, and at the end. */
  readonly checkpoint: { readonly every: number; readonly minutes: number };
  readonly validation: ValidationOptions;
  readonly logs: { readonly tensorboard: boolean };
  readonly evaluation: EvaluationOptions;
  /** The run's folder. */
  readonly output: string;
}

/** How many steps are an epoch; seldom a whole number. */
export const stepsPerEpoch = ({ patchesPerEpoch, batch, accumulate }: Experiment): number =>
  patchesPerEpoch / (batch * accumulate);

/** How many steps the experiment trains. */
export function stepsOf(experiment: Experiment): number {
  const { steps, epochs, patchesPerEpoch, batch, accumulate } = experiment;
  if (epochs !== null) return Math.ceil((epochs * patchesPerEpoch) / (batch * accumulate));
  return steps as number;
}
