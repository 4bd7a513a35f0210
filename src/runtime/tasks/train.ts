import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { Program } from '../../compiler/ir/graph.js';
import { TowersError } from '../../compiler/passes/towers/batch.js';
import { programInTowers } from '../../compiler/passes/towers/towers.js';
import type { Dataset } from '../data/dataset.js';
import { type Manifest, manifestOf } from '../data/manifest.js';
import { sharedImages } from '../data/shared-images.js';
import type { Engine } from '../engines/engine.js';
import { requireHalf } from '../engines/half-precision.js';
import { openEngine } from '../engines/open-engine.js';
import { type Profiled, whyUntimed } from '../engines/profiled.js';
import { InputError } from '../errors/errors.js';
import { nothingToScore } from '../evaluation/nothing-to-score.js';
import type { Experiment } from '../experiments/experiment.js';
import { noSettings, openExperiment, type Settings } from '../experiments/open-experiment.js';
import { writeJson } from '../files/disk.js';
import { version } from '../files/version.js';
import { requireAmple, trainingRoom } from '../preparation/memory.js';
import { type Prepared, prepare } from '../preparation/prepare.js';
import { writeCurves } from '../reports/html/run-report.js';
import { Profile } from '../reports/profile.js';
import { createRunFolder, experimentPath, requireFree } from '../runs/folder.js';
import { runPath } from '../runs/layout.js';
import { lock, unlock } from '../runs/lock.js';
import { runFiles } from '../runs/provenance.js';
import { readPreprocessing, recordUsage } from '../runs/record.js';
import { LossNotFinite } from '../training/loss-not-finite.js';
import { profileStep } from '../training/profile-step.js';
import { type Resumed, resume } from '../training/resume.js';
import { firstCheckpoint, type Start, startOf } from '../training/start.js';
import { batchesOf, beginning, type Outcome, train, type Watcher } from '../training/train-run.js';
import { requireScorable } from '../training/validation/scorable.js';
import { explainNotFinite } from './explain-not-finite.js';

export interface TrainingRequest {
  readonly settings: Settings;
  /** Whether the run in the experiment's output is continued. */
  readonly resume?: boolean;
  /** Whether an earlier run there is replaced. */
  readonly overwrite?: boolean;
  /** Whether blocks and lines are timed at the end. */
  readonly profile?: boolean;
  /** Whether it is begun though the memory is too small, or images are both trained and tested on; undefined where nobody can say. */
  readonly force?: boolean | undefined;
  /** Whether `NeedsOwnProcess` is thrown where it takes most of the memory. */
  readonly asksForProcess?: boolean;
  /** What `run.json` says started it. */
  readonly command: readonly string[];
  readonly onWarnings: (warnings: readonly Diagnostic[]) => void;
  /** Told of notes and warnings about weights, images and the machine, a line each. */
  readonly onNote: (line: string) => void;
}

/** A training that has been prepared: its run's folder is there, and its engine and its batches wait. */
export type BegunTraining = Awaited<ReturnType<typeof beginTraining>>;

/**
 * Everything is read, checked and opened before the run's folder is made, so bad input leaves nothing behind. From then on, or
 * from the beginning where a run is resumed, the folder is this process's alone.
 * @param path the experiment's file
 */
export async function beginTraining(path: string, request: TrainingRequest) {
  const loaded = openExperiment(path, request.settings);
  const folder = loaded.experiment.output;
  const was = request.resume ? openExperiment(experimentPath(folder), noSettings).experiment : null;
  if (was) await lock(folder);
  else await requireFree(folder, request.overwrite ?? false);
  try {
    return await opened(loaded, was, request);
  } catch (error) {
    if (was) await unlock(folder);
    throw error;
  }
}

type Loaded = ReturnType<typeof openExperiment>;

async function opened(loaded: Loaded, was: Experiment | null, request: TrainingRequest) {
  const folder = loaded.experiment.output;
  const fitted = await prepare(loaded);
  const prepared = was ? { ...fitted, preprocessing: await readPreprocessing(folder) } : fitted;
  const { network, dataset } = prepared;
  const share = await trainingRoom(prepared, request.force);
  if (request.asksForProcess) {
    requireAmple(share, `netc train --resume ${folder} goes on from its last checkpoint`);
  }
  request.onWarnings(network.warnings);
  const start = was ? null : await startOf(prepared);
  const profile = new Profile();
  const batches = profile.batches(batchesOf(prepared));
  // An image that cannot be read, or is too small, is told before anything is written.
  await batches.next(0);
  await requireScorable(prepared);
  const data = await manifestOf(dataset, prepared.experiment.data);
  if (!was && !request.force) requireApart(dataset, data);
  const engine = profile.engine(await engineFor(prepared, request));
  try {
    const begun = start
      ? await begin(folder, prepared, data, engine, start, request)
      : await goOn(folder, prepared, data, engine, was!, request);
    for (const note of start?.notes ?? []) request.onNote(note);
    const unscored = dataset.test.length === 0 ? [nothingToScore(dataset, 'test')] : [];
    const untimed = request.profile ? whyUntimed(engine) : null;
    const untold = untimed ? [`no line is timed: ${untimed}`] : [];
    for (const warning of [...begun.warnings, ...unscored, ...untold])
      request.onNote(`warning: ${warning}`);
    const timesLines = request.profile === true && untimed === null;
    const { point } = begun;
    return {
      prepared,
      engine,
      batches,
      folder,
      point,
      profile,
      timesLines,
      isResumed: was !== null,
      onNote: request.onNote,
    };
  } catch (error) {
    await Promise.all([engine.close(), batches.close()]);
    throw error;
  }
}

/** Throws `InputError` where an image is both trained and tested on. */
function requireApart(dataset: Dataset, data: Manifest): void {
  const shared = sharedImages(dataset, data);
  if (shared !== undefined) throw new InputError(`${shared}; --force trains all the same`);
}

/** Throws `InputError` where the network joins images of a batch. */
function dividedOver(devices: number, program: Program): Program {
  try {
    return programInTowers(program, devices);
  } catch (error) {
    if (!(error instanceof TowersError)) throw error;
    throw new InputError(`${error.message}: train on one device, by engine.devices 1`);
  }
}

async function engineFor(
  { network, experiment }: Prepared,
  { profile, force }: TrainingRequest,
): Promise<Engine> {
  const timed = profile ? ['train'] : [];
  const program = dividedOver(experiment.engine.devices, network.program);
  const engine = await openEngine(program, experiment.engine, { timed, force });
  if (experiment.precision !== 'mixed') return engine;
  await requireHalf(engine).catch(async (error) => {
    await engine.close();
    throw error;
  });
  return engine;
}

/** A new run: its folder is there after this, and held. */
async function begin(
  folder: string,
  prepared: Prepared,
  data: Manifest,
  engine: Engine,
  { state, weights }: Start,
  { command, overwrite = false }: TrainingRequest,
): Promise<Resumed> {
  const point = beginning(state);
  const first = firstCheckpoint(prepared, point);
  const { recorded } = first;
  const { files } = await runFiles(prepared, data, engine, version(), command, weights, recorded);
  await createRunFolder(folder, { ...files, ...first.files }, overwrite);
  return { point, warnings: [] };
}

async function goOn(
  folder: string,
  prepared: Prepared,
  data: Manifest,
  engine: Engine,
  was: Experiment,
  { command }: TrainingRequest,
): Promise<Resumed> {
  const { record } = await runFiles(prepared, data, engine, version(), command, null);
  return resume(folder, prepared, was, record);
}

/** Trains what was opened to its end, or until `watcher` stops it, and closes it. Lines are timed once all is written. */
export async function finishTraining(
  opened: BegunTraining,
  watcher: Watcher,
): Promise<Outcome & { readonly profiled?: Profiled }> {
  const { engine, prepared, batches, folder, point } = opened;
  try {
    const outcome = await train(engine, prepared, batches, folder, point, watcher);
    await writeCurves(folder);
    // It is what tells a run that is trained, so the rest is there before it.
    if (outcome.completed) await recordUsage(folder, outcome);
    if (!opened.timesLines || !outcome.completed) return outcome;
    const profiled = await profileStep(engine, prepared, batches);
    await writeJson(runPath(folder, 'profile'), profiled);
    return { ...outcome, profiled };
  } catch (error) {
    if (!(error instanceof LossNotFinite)) throw error;
    // It would be in the way of another one's memory.
    await engine.close();
    const { stopped } = watcher;
    const { onNote } = opened;
    throw await explainNotFinite(error, { folder, prepared, batches, stopped, onNote });
  } finally {
    await unlock(folder);
    await batches.close();
    await engine.close();
  }
}
