import { atNetworkSize } from '../data/preprocess/steps.js';
import { preprocess } from '../data/preprocess.js';
import type { Sample } from '../data/sample.js';
import type { Engine } from '../engines/engine.js';
import type { Prepared } from '../prepare.js';
import { predictSample } from './predict.js';

/** A sample as it is scored, and the network's answer at each of its pixels. */
export interface Predicted {
  readonly sample: Sample;
  readonly prediction: Float32Array;
}

/** The answer of the network in the engine to a sample as it was read. */
export async function predictRead(
  engine: Engine,
  { experiment: { evaluation, patch }, network, preprocessing }: Omit<Prepared, 'dataset'>,
  sample: Sample,
): Promise<Predicted> {
  const seen = preprocess(preprocessing, sample);
  const window = evaluation.window ?? patch;
  const prediction = await predictSample(engine, network.geometry, seen, window, evaluation);
  return { sample: atNetworkSize(preprocessing.steps, sample), prediction };
}
