import { prepareFrame } from '../data/preprocess.js';
import type { Sample } from '../data/sample.js';
import type { Engine } from '../engines/engine.js';
import { predictSample } from './predict.js';
import type { Predictor } from './segmenter.js';

/** A sample as it is scored, and the network's answer at each of its pixels. */
export interface Predicted {
  readonly sample: Sample;
  readonly prediction: Float32Array;
}

/** The answer of the network in the engine to a sample as it was read. */
export async function predictRead(
  engine: Engine,
  { experiment: { evaluation, patch }, network, preprocessing }: Predictor,
  sample: Sample,
): Promise<Predicted> {
  const { seen, shown } = prepareFrame(preprocessing, sample);
  const window = evaluation.window ?? patch;
  const prediction = await predictSample(
    engine,
    network.geometry,
    { image: seen },
    window,
    evaluation,
  );
  return { sample: shown, prediction };
}
