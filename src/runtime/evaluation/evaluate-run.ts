import { join } from 'node:path';
import type { Entry } from '../data/dataset.js';
import type { Engine, Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { writeJson } from '../files.js';
import type { Prepared } from '../prepare.js';
import { type Baseline, baselinesOf } from './baselines.js';
import { prOf, rocOf } from './curves.js';
import { nothingToScore } from './nothing-to-score.js';
import { writePictures } from './overlay.js';
import { type Predicted, predictRead } from './predict-entry.js';
import { type Evaluation, type Scorer, scorer } from './score.js';
import { chosenThreshold, type Threshold } from './threshold.js';
import type { WeightName } from './weights-of-run.js';

/** What `metrics.json` holds and `netc evaluate --json` prints. */
export interface Report extends Evaluation, Threshold {
  readonly model: string;
  readonly split: Split;
  readonly weights: WeightName;
  readonly images: number;
  /** Pooled scores of what the network has to beat; empty unless the experiment asks for them. */
  readonly baselines: readonly Baseline[];
}

export type Split = 'test' | 'validation';

/** Which images are scored, and which weights `state` holds. */
export interface Evaluated {
  readonly split: Split;
  readonly weights: WeightName;
}

/**
 * Scores the trained `state`, and writes metrics, curves, maps and overlays into `folder`: as
 * metrics.json, scores/ and predictions/, of the validation images with `-validation` behind the
 * name. One image is held at a time, and of those before it the probabilities.
 */
export async function evaluateRun(
  engine: Engine,
  prepared: Prepared,
  state: Tensors,
  folder: string,
  onImage: (done: number, all: number) => void,
  { split, weights }: Evaluated = { split: 'test', weights: 'last' },
): Promise<Report> {
  const { experiment, network, dataset } = prepared;
  const entries = dataset[split];
  if (entries.length === 0) throw new InputError(nothingToScore(dataset, split));
  await engine.write(state);
  const threshold = await thresholdOf(engine, prepared);
  const scoring = scorer(threshold.threshold, dataset.classes);
  const names = split === 'test' ? '' : '-validation';
  await predictEach(engine, prepared, entries, async ({ sample, prediction }, done) => {
    scoring.add(sample, prediction);
    await writePictures(
      join(folder, `predictions${names}`),
      sample,
      prediction,
      threshold.threshold,
    );
    onImage(done, entries.length);
  });
  const report: Report = {
    model: network.graph.name,
    ...threshold,
    split,
    weights,
    images: entries.length,
    ...scoring.evaluation(),
    baselines: experiment.evaluation.baselines
      ? await baselinesOf(engine, prepared, split, threshold.threshold)
      : [],
  };
  await writeCurves(join(folder, `scores${names}`), scoring);
  await writeJson(join(folder, `metrics${names}.json`), report);
  return report;
}

async function thresholdOf(engine: Engine, prepared: Prepared): Promise<Threshold> {
  const { experiment, dataset } = prepared;
  const { threshold } = experiment.evaluation;
  if (threshold !== 'validation') return { threshold, thresholdFrom: 'fixed' };
  const scoring = scorer(0.5, dataset.classes);
  await predictEach(engine, prepared, dataset.validation, async ({ sample, prediction }) => {
    scoring.add(sample, prediction);
  });
  return chosenThreshold(scoring.pooledParts()[0].part.ranked);
}

/** What is done with an image overlaps with the prediction of the next one. */
async function predictEach(
  engine: Engine,
  prepared: Prepared,
  entries: readonly Entry[],
  use: (predicted: Predicted, done: number) => Promise<void>,
): Promise<void> {
  let using: Promise<void> = Promise.resolve();
  for (const [n, entry] of entries.entries()) {
    const predicting = entry.read().then((sample) => predictRead(engine, prepared, sample));
    const [predicted] = await Promise.all([predicting, using]);
    using = use(predicted, n + 1);
  }
  await using;
}

async function writeCurves(folder: string, scoring: Scorer): Promise<void> {
  const parts = scoring.pooledParts();
  const roc = parts.map(({ name, part }) => rocOf(name, part.ranked));
  const pr = parts.map(({ name, part }) => prOf(name, part.ranked));
  await writeJson(join(folder, 'roc.json'), { curves: roc });
  await writeJson(join(folder, 'pr.json'), { curves: pr });
}
