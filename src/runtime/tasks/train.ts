import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import { requireHalf } from '../engines/half-precision.js';
import { openEngine } from '../engines/open-engine.js';
import { type Profiled, whyUntimed } from '../engines/profiled.js';
import { nothingToScore } from '../evaluation/nothing-to-score.js';
import { noSettings, openExperiment, type Settings } from '../experiments/open-experiment.js';
import { writeJson } from '../files/disk.js';
import { version } from '../files/version.js';
import { prepare } from '../preparation/prepare.js';
import { writeCurves } from '../reports/html/run-report.js';
import { Profile } from '../reports/profile.js';
import { createRunFolder, experimentPath, requireFree } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import { runFiles } from '../runs/provenance.js';
import { readPreprocessing, recordUsage } from '../runs/record.js';
import { profileStep } from '../training/profile-step.js';
import { resume } from '../training/resume.js';
import { firstFiles, startOf } from '../training/start.js';
import { batchesOf, beginning, type Outcome, train, type Watcher } from '../training/train-run.js';
import { requireScorable } from '../training/validation/scorable.js';

export interface TrainingRequest {
  readonly settings: Settings;
  /** Whether the run in the experiment's output is continued. */
  readonly resume?: boolean;
  /** Whether an earlier run there is replaced. */
  readonly overwrite?: boolean;
  /** Whether blocks and lines are timed at the end. */
  readonly profile?: boolean;
  /** What `run.json` says started it. */
  readonly command: readonly string[];
  readonly onWarnings: (warnings: readonly Diagnostic[]) => void;
  /** Told of notes and warnings about weights, images and the machine, a line each. */
  readonly onNote: (line: string) => void;
}

/** A training that has been prepared: its run's folder is there, and its engine and its batches wait. */
export type BegunTraining = Awaited<ReturnType<typeof beginTraining>>;

/**
 * Everything is read, checked and opened before the run's folder is made, so bad input leaves nothing behind.
 * @param path the experiment's file
 */
export async function beginTraining(path: string, request: TrainingRequest) {
  const loaded = openExperiment(path, request.settings);
  const folder = loaded.experiment.output;
  const was = request.resume ? openExperiment(experimentPath(folder), noSettings).experiment : null;
  if (!was) await requireFree(folder, request.overwrite ?? false);
  const fitted = await prepare(loaded);
  const prepared = was ? { ...fitted, preprocessing: await readPreprocessing(folder) } : fitted;
  const { network, experiment, dataset } = prepared;
  request.onWarnings(network.warnings);
  const start = was ? null : await startOf(prepared);
  const profile = new Profile();
  const batches = profile.batches(batchesOf(prepared));
  // An image that cannot be read, or is too small, is told before anything is written.
  await batches.next(0);
  await requireScorable(prepared);
  const timed = request.profile ? ['train'] : [];
  const opened = await openEngine(network.program, experiment.engine, undefined, timed);
  const engine = profile.engine(opened);
  if (experiment.precision === 'mixed') {
    await requireHalf(engine).catch(async (error) => {
      await Promise.all([engine.close(), batches.close()]);
      throw error;
    });
  }
  const weights = start?.weights ?? null;
  const { record, files } = await runFiles(prepared, engine, version(), request.command, weights);
  const { point, warnings } = was
    ? await resume(folder, prepared, was, record)
    : { point: beginning(start!.state), warnings: [] };
  if (!was) await createRunFolder(folder, { ...files, ...firstFiles(prepared, point) });
  for (const note of start?.notes ?? []) request.onNote(note);
  const unscored = dataset.test.length === 0 ? [nothingToScore(dataset, 'test')] : [];
  for (const warning of [...warnings, ...unscored]) request.onNote(`warning: ${warning}`);
  const untimed = request.profile ? whyUntimed(engine) : null;
  if (untimed) request.onNote(`warning: no line is timed: ${untimed}`);
  const timesLines = request.profile === true && untimed === null;
  return { prepared, engine, batches, folder, point, profile, timesLines, isResumed: was !== null };
}

/** Trains what was opened to its end, or until `watcher` stops it, and closes it. Lines are timed once all is written. */
export async function finishTraining(
  opened: BegunTraining,
  watcher: Watcher,
): Promise<Outcome & { readonly profiled?: Profiled }> {
  const { engine, prepared, batches, folder, point } = opened;
  try {
    const outcome = await train(engine, prepared, batches, folder, point, watcher);
    if (outcome.completed) await recordUsage(folder, outcome);
    await writeCurves(folder);
    if (!opened.timesLines || !outcome.completed) return outcome;
    const profiled = await profileStep(engine, prepared, batches);
    await writeJson(runPath(folder, 'profile'), profiled);
    return { ...outcome, profiled };
  } finally {
    await batches.close();
    await engine.close();
  }
}
