import { readAll } from '../data/dataset.js';
import type { Engine } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { bestGreenThreshold } from '../metrics/green-threshold.js';
import { type Metrics, scorer } from '../metrics/score.js';
import { predictRead } from '../prediction/predict-entry.js';
import { openSegmenter } from '../prediction/segmenter.js';
import type { Prepared } from '../preparation/prepare.js';
import { estimateMoments } from '../training/moments.js';
import { batchesOf } from '../training/train-run.js';

export interface Baseline {
  readonly name: string;
  /** Pooled. */
  readonly metrics: Metrics;
}

/**
 * What the network has to beat: itself untrained, and, of one class on coloured images, the green
 * channel. The untrained network gets its moments as the trained one does, or its values would run
 * away from layer to layer.
 *
 * @param whole as the trained one sees frames
 */
export async function baselinesOf(
  engine: Engine,
  prepared: Prepared,
  split: 'test' | 'validation',
  threshold: number,
  whole = false,
): Promise<Baseline[]> {
  const { experiment, network, dataset } = prepared;
  const state = initialState(network.program, experiment.seed);
  const { preprocessing } = prepared;
  const segmenter = await openSegmenter(engine, prepared, [{ state, preprocessing, whole }]);
  const batches = batchesOf(prepared);
  await estimateMoments(engine, prepared, batches);
  await batches.close();
  const images = await readAll(dataset[split]);
  const { empty, postprocess } = experiment.evaluation;
  const scoring = scorer(threshold, dataset.classes, empty, postprocess);
  const seen = [];
  for (const image of images) {
    const { sample, prediction } = await predictRead(segmenter, image);
    scoring.add(sample, prediction);
    seen.push(sample);
  }
  const untrained = { name: 'untrained network', metrics: scoring.evaluation().metrics };
  if (dataset.classes.length > 1 || seen.some(({ image }) => image.channels !== 3)) {
    return [untrained];
  }
  const { metrics } = bestGreenThreshold(seen, empty);
  return [untrained, { name: 'green channel, best threshold', metrics }];
}
