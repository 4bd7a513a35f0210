import { join } from 'node:path';
import { readAll } from '../data/dataset.js';
import { atNetworkSize } from '../data/preprocess/steps.js';
import { preprocess } from '../data/preprocess.js';
import type { Sample } from '../data/sample.js';
import type { Engine, Tensors } from '../engines/engine.js';
import { writeJson } from '../files.js';
import type { Prepared } from '../prepare.js';
import { initialState } from '../training/initial-state.js';
import { estimateMoments } from '../training/moments.js';
import { batchesOf } from '../training/train-run.js';
import { bestGreenThreshold } from './green-threshold.js';
import { overlayOf, probabilityMap, writePng } from './overlay.js';
import { predictSample } from './predict.js';
import { type Evaluation, type Metrics, score } from './score.js';

/** What `metrics.json` holds and `netc evaluate --json` prints. */
export interface Report extends Evaluation {
  readonly model: string;
  readonly threshold: number;
  readonly images: number;
  /** Pooled scores of what the network has to beat; empty unless the experiment asks for them. */
  readonly baselines: readonly { readonly name: string; readonly metrics: Metrics }[];
}

/**
 * Scores the trained `state` on the test images, and writes metrics, maps and overlays into
 * `folder`.
 */
export async function evaluateRun(
  engine: Engine,
  prepared: Prepared,
  state: Tensors,
  folder: string,
  onImage: (done: number, all: number) => void,
): Promise<Report> {
  const { experiment, network, dataset } = prepared;
  const { threshold, baselines } = experiment.evaluation;
  const images = await readAll(dataset.test);
  const test = images.map((sample) => atNetworkSize(prepared.preprocessing.steps, sample));
  await engine.write(state);
  const predictions = await predictAll(engine, prepared, images, (done) =>
    onImage(done, images.length),
  );
  const report: Report = {
    model: network.graph.name,
    threshold,
    images: test.length,
    ...score(test, predictions, threshold),
    baselines: baselines ? await baselinesOf(engine, prepared, images, test) : [],
  };
  for (const [n, sample] of test.entries()) {
    await writePictures(join(folder, 'predictions'), sample, predictions[n], threshold);
  }
  await writeJson(join(folder, 'metrics.json'), report);
  return report;
}

async function predictAll(
  engine: Engine,
  { experiment: { evaluation, patch }, network, preprocessing }: Prepared,
  samples: readonly Sample[],
  onImage: (done: number) => void,
): Promise<Float32Array[]> {
  const predictions: Float32Array[] = [];
  for (const sample of samples) {
    const seen = preprocess(preprocessing, sample);
    const window = evaluation.window ?? patch;
    predictions.push(await predictSample(engine, network.geometry, seen, window, evaluation));
    onImage(predictions.length);
  }
  return predictions;
}

/**
 * The untrained network gets its moments as the trained one does, or its values would run away from
 * layer to layer.
 */
async function baselinesOf(
  engine: Engine,
  prepared: Prepared,
  images: readonly Sample[],
  test: readonly Sample[],
): Promise<Report['baselines']> {
  const { experiment, network } = prepared;
  await engine.write(initialState(network.program, experiment.seed));
  const batches = batchesOf(prepared);
  await estimateMoments(engine, prepared, batches);
  await batches.close();
  const predictions = await predictAll(engine, prepared, images, () => {});
  const untrained = score(test, predictions, experiment.evaluation.threshold);
  return [
    { name: 'untrained network', metrics: untrained.metrics },
    { name: 'green channel, best threshold', metrics: bestGreenThreshold(test).metrics },
  ];
}

async function writePictures(
  folder: string,
  sample: Sample,
  prediction: Float32Array,
  threshold: number,
): Promise<void> {
  const { width, height } = sample.image;
  const write = (suffix: string, data: Uint8Array): Promise<void> =>
    writePng(join(folder, `${sample.id}${suffix}.png`), data, width, height);
  await write('', probabilityMap(sample, prediction));
  await write('-overlay', overlayOf(sample, prediction, threshold));
}
