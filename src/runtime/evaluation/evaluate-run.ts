import type { Entry } from '../data/dataset.js';
import type { Engine } from '../engines/engine.js';
import type { PostprocessStep } from '../experiments/options/evaluation.js';
import { writeAtomically, writeJson } from '../files/disk.js';
import { prOf, rocOf } from '../metrics/curves.js';
import { type Evaluation, type Scorer, scorer } from '../metrics/score.js';
import { type Predicted, predictRead } from '../prediction/predict-entry.js';
import { requireNumbers } from '../prediction/predict-slice.js';
import { type Member, openSegmenter, type Segmenter } from '../prediction/segmenter.js';
import type { Prepared } from '../preparation/prepare.js';
import { runPath } from '../runs/layout.js';
import { type Baseline, baselinesOf } from './baselines.js';
import { imagesTable } from './images-table.js';
import { writePictures } from './overlay.js';
import type { Subject } from './subject.js';
import { chosenThreshold, type Threshold } from './threshold.js';

/** What `metrics.json` holds and `netc evaluate --json` prints. */
export interface Report extends Evaluation, Threshold, Subject {
  readonly model: string;
  readonly images: number;
  /** What was done to the masks before they were scored. */
  readonly postprocess: readonly PostprocessStep[];
  /** Pooled scores of what the network has to beat; empty unless the experiment asks for them. */
  readonly baselines: readonly Baseline[];
}

/**
 * Scores the trained network, or several whose answers are averaged, and writes metrics, curves, maps and overlays into `folder`: as metrics.json, scores/ and
 * predictions/. One image is held at a time, and of those before it the probabilities.
 * @param subject what the scores are of; its split is scored
 */
export async function evaluateRun(
  engine: Engine,
  prepared: Prepared,
  members: readonly [Member, ...Member[]],
  folder: string,
  onImage: (done: number, all: number) => void,
  subject: Subject,
): Promise<Report> {
  const { experiment, network, dataset } = prepared;
  const { empty, postprocess, baselines } = experiment.evaluation;
  const { split } = subject;
  const entries = dataset[split];
  const segmenter = await openSegmenter(engine, prepared, members);
  const threshold = await thresholdOf(segmenter, prepared);
  const scoring = scorer(threshold.threshold, dataset.classes, empty, postprocess);
  await predictEach(segmenter, entries, async ({ sample, prediction }, done) => {
    requireNumbers(sample.id, prediction);
    scoring.add(sample, prediction);
    await writePictures(folder, sample, prediction, threshold.threshold, postprocess);
    onImage(done, entries.length);
  });
  const report: Report = {
    model: network.graph.name,
    ...subject,
    ...threshold,
    images: entries.length,
    postprocess,
    ...scoring.evaluation(),
    baselines:
      baselines && dataset.train.length > 0
        ? await baselinesOf(engine, prepared, split, threshold.threshold, members[0].whole)
        : [],
  };
  await writeCurves(folder, scoring);
  await writeAtomically(runPath(folder, 'perImage'), imagesTable(report));
  await writeJson(runPath(folder, 'scores'), report);
  return report;
}

async function thresholdOf(segmenter: Segmenter, prepared: Prepared): Promise<Threshold> {
  const { experiment, dataset } = prepared;
  const { threshold } = experiment.evaluation;
  if (threshold !== 'validation') return { threshold, thresholdFrom: 'fixed' };
  const scoring = scorer(0.5, dataset.classes);
  await predictEach(segmenter, dataset.validation, async ({ sample, prediction }) => {
    scoring.add(sample, prediction);
  });
  return chosenThreshold(scoring.pooledAgreements()[0]!.part.ranked);
}

/** What is done with an image overlaps with the prediction of the next one. */
async function predictEach(
  segmenter: Segmenter,
  entries: readonly Entry[],
  use: (predicted: Predicted, done: number) => Promise<void>,
): Promise<void> {
  let using: Promise<void> = Promise.resolve();
  for (const [n, entry] of entries.entries()) {
    const predicting = entry.read().then((sample) => predictRead(segmenter, sample));
    const [predicted] = await Promise.all([predicting, using]);
    using = use(predicted, n + 1);
  }
  await using;
}

async function writeCurves(folder: string, scoring: Scorer): Promise<void> {
  const parts = scoring.pooledAgreements();
  const roc = parts.map(({ name, part }) => rocOf(name, part.ranked));
  const pr = parts.map(({ name, part }) => prOf(name, part.ranked));
  await writeJson(runPath(folder, 'roc'), { curves: roc });
  await writeJson(runPath(folder, 'pr'), { curves: pr });
}
