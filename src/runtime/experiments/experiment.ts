import type { Criterion } from '../../compiler/gradient/losses/options.js';
import type { OptimiserOptions } from '../../compiler/gradient/optimiser.js';
import type { Augmentation } from '../data/augment/augmentation.js';
import type { MaskOptions } from '../data/masks/labels.js';
import type { PreprocessOptions } from '../data/preprocess/steps.js';
import type { FolderOptions } from '../data/sources/folder.js';
import type { KnownKind } from '../data/sources/known.js';
import type { SplitOptions } from '../data/split/split.js';
import type { DrawnOptions } from '../data/synthetic/drawn.js';
import type { DrawnLungOptions } from '../data/synthetic/lung.js';
import type { EmptyRule } from '../metrics/metrics.js';
import type { Blend } from '../prediction/blend.js';
import type { PostprocessStep } from '../prediction/postprocess/postprocess.js';
import type { Schedule } from '../training/schedule.js';
import type { WeightsOptions } from '../weights/load.js';
import type { validationMetrics } from './schema/training.js';

/** What goes with any dataset on disk. */
export interface StoredOptions {
  /** Null: as the dataset comes, else by a seed. */
  readonly split: SplitOptions | null;
  /** Values of pixels in the masks that nobody judged; null or left out: there are none. */
  readonly ignore?: MaskOptions['ignore'];
  /** Bytes that decoded images may take in the user's cache; null: as NETC_CACHE_LIMIT says, else 2 GB. */
  readonly cache: number | null;
}

/** Where the images come from. */
export type DataOptions =
  | ({ readonly kind: KnownKind; readonly root: string } & StoredOptions)
  | ({ readonly kind: 'folder' } & StoredOptions & FolderOptions)
  | ({ readonly kind: 'synthetic-retina' | 'synthetic-lesion' } & DrawnOptions)
  | ({ readonly kind: 'synthetic-lung' } & DrawnLungOptions);

/** What may be asked to compute. */
export const engineKinds = ['auto', 'tensorflow', 'portable', 'reference'] as const;

export interface EngineOptions {
  /** `auto`: TensorFlow where it is set up, else the portable engine. */
  readonly kind: (typeof engineKinds)[number];
  readonly gpu: 'auto' | 'require' | 'never';
  /** TensorFlow's threads of one operation; null: as many as the machine has. */
  readonly threads: number | null;
}

export interface EvaluationOptions {
  /** The output that is scored, one of a list by its index, of a list alone its last; null: `scoredOutput` says which. */
  readonly output: string | null;
  /** Least height and width of a tile; null: the patch size. */
  readonly window: number | null;
  /** How far tiles lie apart; null: half a tile. */
  readonly stride: number | null;
  /** Tiles a call. */
  readonly batch: number;
  /** How much pixels of a tile count where tiles overlap. */
  readonly blend: Blend;
  /** Whether mirrored images are predicted too, and the four predictions averaged. */
  readonly flips: boolean;
  /**
   * Probabilities of at least this are foreground; `validation`: the one with the greatest F1 on the
   * validation images.
   */
  readonly threshold: number | 'validation';
  /** What a share of nothing counts as. */
  readonly empty: EmptyRule;
  /** What is done to a predicted mask before it is scored or written, in this order. */
  readonly postprocess: readonly PostprocessStep[];
  /**
   * Whether the untrained network and the best threshold on the green channel are scored beside.
   */
  readonly baselines: boolean;
}

export type ValidationMetric = (typeof validationMetrics)[number];

export interface ValidationOptions {
  /** Steps between two validations; null: there is none. */
  readonly every: number | null;
  /** Of the loss, and of the scores where no images are kept for validation. */
  readonly patches: number;
  readonly metric: ValidationMetric;
  /** Validations in a row without a better one after which training ends; null: it does not. */
  readonly patience: number | null;
  readonly threshold: number;
}

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
  /** The decay of a moving average of the weights, which is what is scored; null: the weights are. */
  readonly ema: number | null;
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
  readonly engine: EngineOptions;
  /**
   * Over how many batches batch norm's moments are estimated again after training; 0: they stay as
   * training left them.
   */
  readonly moments: { readonly batches: number };
  /** A checkpoint every so many steps, and at the end. */
  readonly checkpoint: { readonly every: number };
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
