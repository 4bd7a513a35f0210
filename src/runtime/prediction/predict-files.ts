import { InputError } from '../errors/errors.js';
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
