import { join } from 'node:path';
import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { readJson } from '../files/disk.js';
import type { Input } from './inputs.js';
import { type PredictedImage, predictImage } from './predict-image.js';
import type { Prediction } from './predict-slice.js';

/** An image that could not be predicted, and why. */
export interface Failure {
  readonly image: string;
  readonly message: string;
}

export interface Predictions {
  readonly images: readonly PredictedImage[];
  readonly errors: readonly Failure[];
}

/**
 * Predicts each image. One that cannot be read is told by `onError`, and the others go on; an engine
 * that fails ends it all.
 */
export async function predictFiles(
  prediction: Prediction,
  inputs: readonly Input[],
  watcher: {
    /** @param share of the image `path`, from 0 to 1 */
    readonly onShare: (path: string, share: number) => void;
    readonly onError: (failure: Failure) => void;
  },
): Promise<Predictions> {
  const images: PredictedImage[] = [];
  const errors: Failure[] = [];
  for (const input of inputs) {
    try {
      const onShare = (share: number): void => watcher.onShare(input.path, share);
      images.push(...(await predictImage(prediction, input, onShare)));
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      const failure = { image: input.path, message: error.message };
      errors.push(failure);
      watcher.onError(failure);
    }
  }
  return { images, errors };
}

/**
 * What the run's probabilities are held against: what the experiment fixes, or what `netc evaluate`
 * chose. Throws `InputError` where it was to choose and has not.
 */
export async function thresholdOfRun(
  folder: string,
  { evaluation: { threshold } }: Pick<Experiment, 'evaluation'>,
): Promise<number> {
  if (threshold !== 'validation') return threshold;
  const scored = await readJson(join(folder, 'metrics.json'));
  const chosen = scored as { threshold?: number; thresholdFrom?: string } | null | undefined;
  if (chosen?.thresholdFrom === 'validation' && chosen.threshold !== undefined) {
    return chosen.threshold;
  }
  throw new InputError(
    `the threshold of ${folder} is not chosen yet: run \`netc evaluate ${folder}\` first, or give one by --threshold or --set evaluation.threshold`,
  );
}
