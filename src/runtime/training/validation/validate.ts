import { cachedReading } from '../../data/batches/training-images.js';
import { scale } from '../../data/preprocess.js';
import type { Sample } from '../../data/sample.js';
import type { Engine } from '../../engines/engine.js';
import { type Metrics, score } from '../../metrics/score.js';
import { predictSample } from '../../prediction/predict.js';
import type { Prepared } from '../../preparation/prepare.js';
import { lookAt, validationPatches } from './patches.js';

/** Scores over all pixels at once, and the loss, all of the state that the engine has. */
export type Validated = Metrics & { readonly loss: number };

/** Scores what the engine has; it changes nothing. `see` is given each whole image and what the network says of it. */
export type Validate = (engine: Engine, see?: See) => Promise<Validated>;

type See = (sample: Sample, prediction: Float32Array) => Promise<void>;

/**
 * Validation as the experiment asks for it: the scores on the whole images that are kept for it, else on fixed patches; the
 * loss on fixed patches. Throws `InputError` where an image cannot be read.
 */
export async function openValidation(prepared: Prepared): Promise<Validate> {
  const { experiment, dataset } = prepared;
  const { threshold } = experiment.validation;
  const { empty } = experiment.evaluation;
  const patches = await validationPatches(prepared);
  return async (engine, see) => {
    const { loss, samples, predictions } = await lookAt(engine, prepared, patches);
    if (dataset.validation.length > 0) {
      return { ...(await scoreImages(engine, prepared, threshold, see)).metrics, loss };
    }
    const { metrics } = score(samples, predictions, threshold, dataset.classes, empty);
    // Patches lie one below another: distances across their borders would mean nothing.
    return { ...metrics, hd95: null, loss };
  };
}

async function scoreImages(engine: Engine, prepared: Prepared, threshold: number, see?: See) {
  const { experiment, network, dataset, preprocessing } = prepared;
  const { data, preprocess, evaluation, patch } = experiment;
  const read = cachedReading(data, preprocess);
  const window = evaluation.window ?? patch;
  const samples: Sample[] = [];
  const predictions: Float32Array[] = [];
  for (const entry of dataset.validation) {
    const { sample } = scale(preprocessing, await read(entry));
    samples.push(sample);
    const prediction = await predictSample(engine, network.geometry, sample, window, evaluation);
    predictions.push(prediction);
    await see?.(sample, prediction);
  }
  return score(samples, predictions, threshold, dataset.classes, evaluation.empty);
}
