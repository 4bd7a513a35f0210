import { openEngine } from '../engines/open-engine.js';
import { destinationOf } from '../evaluation/destination.js';
import { evaluateRun, type Report } from '../evaluation/evaluate-run.js';
import { holdsPartOfRun, type Split, subjectOf } from '../evaluation/subject.js';
import type { Experiment } from '../experiments/experiment.js';
import { noSettings, openExperiment, type Settings } from '../experiments/open-experiment.js';
import { lacksFields, withFoundFields } from '../prediction/found-fields.js';
import { membersOf, openEnsemble, runOf } from '../prediction/open-runs.js';
import { predictionRoom, requireAmple } from '../preparation/memory.js';
import { prepare } from '../preparation/prepare.js';
import { writeRunReport } from '../reports/html/run-report.js';
import { experimentPath } from '../runs/folder.js';
import { readPreprocessing } from '../runs/record.js';
import { thresholdOfRun } from '../runs/scores.js';
import { type WeightName, weightsOfRun } from '../runs/weights-of-run.js';

export interface EvaluationRequest {
  /** With `data.root` where other images than the run's own are scored. */
  readonly settings: Settings;
  /** Whether the images are other ones, of which nobody says which are scored: all, or what they keep apart for it. */
  readonly others?: boolean;
  readonly weights?: WeightName | undefined;
  /** Further runs, whose probabilities are averaged with this one's. */
  readonly ensemble?: readonly string[];
  readonly split?: Split;
  /** Where scores go; left out, the run, or `evaluations/` in it where they are not of its own test images. */
  readonly out?: string | undefined;
  /** Whether it is tried though the memory is too small; undefined where nobody can say. */
  readonly force?: boolean | undefined;
  /** Whether `NeedsOwnProcess` is thrown where it takes most of the memory. */
  readonly asksForProcess?: boolean;
  readonly onImage?: (done: number, all: number) => void;
}

/** Scores a run and writes scores, curves, maps, overlays and the report. Throws `InputError` where it cannot. */
export async function evaluate(
  folder: string,
  request: EvaluationRequest,
): Promise<{ readonly report: Report; readonly out: string }> {
  const { weights: wanted, ensemble = [], split = 'test', onImage = () => {} } = request;
  const path = experimentPath(folder);
  const { experiment: was } = openExperiment(path, noSettings);
  const how = { settings: await settingsOf(folder, was, request), weights: wanted };
  const preprocessing = await readPreprocessing(folder);
  const prepared = { ...(await prepare(openExperiment(path, how.settings))), preprocessing };
  const share = await predictionRoom(prepared, prepared.dataset[split], request.force);
  if (request.asksForProcess) requireAmple(share, 'score it with a smaller evaluation.window');
  const first = await runOf(folder, prepared, wanted);
  const runs = await openEnsemble(first, ensemble, how);
  const [{ weights }, ...others] = runs;
  const { subject, departures } = await subjectOf(folder, was, prepared, weights, split, others);
  const fieldsFound = lacksFields(prepared.dataset, first.fov, preprocessing.steps);
  const dataset = fieldsFound ? withFoundFields(prepared.dataset) : prepared.dataset;
  const scored = { ...prepared, dataset };
  const out = await destinationOf(subject, departures, request.out);
  const members = await membersOf(runs);
  const { program } = prepared.network;
  const { force } = request;
  const engine = await openEngine(program, prepared.experiment.engine, { force });
  try {
    const of = { ...subject, fieldsFound };
    const report = await evaluateRun(engine, scored, members, out, onImage, of);
    await writeRunReport(folder, out);
    return { report, out };
  } finally {
    await engine.close();
  }
}

async function settingsOf(
  folder: string,
  was: Experiment,
  { settings, others, weights }: EvaluationRequest,
): Promise<Settings> {
  if (!others) return settings;
  const { experiment } = openExperiment(experimentPath(folder), settings);
  if (await holdsPartOfRun(folder, experiment.data, 'test')) return settings;
  return { ...settings, flags: [...settings.flags, ...(await external(folder, was, weights))] };
}

/** All of the images that are not the run's are scored, or what they keep apart for it, by the threshold that the run has. */
async function external(
  folder: string,
  { data, evaluation }: Experiment,
  wanted: WeightName | undefined,
) {
  const weights = weightsOfRun(folder, wanted);
  const flag = (path: readonly string[], value: unknown) => ({ name: '--data', path, value });
  const chosen = evaluation.threshold === 'validation';
  return [
    ...('split' in data ? [flag(['data', 'split'], { kind: 'external' })] : []),
    ...(chosen
      ? [flag(['evaluation', 'threshold'], await thresholdOfRun(folder, evaluation, weights))]
      : []),
  ];
}
