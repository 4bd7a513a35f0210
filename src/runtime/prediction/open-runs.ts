import { resolve } from 'node:path';
import { print } from '../../compiler/ir/print.js';
import type { Engine } from '../engines/engine.js';
import { openEngine } from '../engines/open-engine.js';
import { InputError } from '../errors/errors.js';
import { openExperiment, type Settings } from '../experiments/open-experiment.js';
import { checkExperiment } from '../preparation/check-experiment.js';
import { readCheckpoint } from '../runs/checkpoint.js';
import { experimentPath } from '../runs/folder.js';
import { readPreprocessing, readRecord } from '../runs/record.js';
import { thresholdOfRun } from '../runs/scores.js';
import { type RunWeights, type WeightName, weightsOfRun } from '../runs/weights-of-run.js';
import { type Member, openSegmenter, type Predictor, type Segmenter } from './segmenter.js';

/** A trained run, its weights found and not read. */
export interface OpenRun {
  readonly folder: string;
  readonly predictor: Predictor;
  readonly weights: RunWeights;
  /** Whether it was trained inside fields of view. */
  readonly fov: boolean;
  /** Whether it was trained on frames without fields of view; false of a run that does not say. */
  readonly whole: boolean;
  /** The foreground's classes in the order of the network's outputs; null of a run that does not say. */
  readonly classes: readonly string[] | null;
}

/** How runs are used, whatever they say themselves. */
export interface RunOptions {
  readonly settings: Settings;
  readonly weights: WeightName | undefined;
}

/** Throws `InputError` where there is no whole run. */
export async function openRun(folder: string, { settings, weights }: RunOptions): Promise<OpenRun> {
  const loaded = openExperiment(experimentPath(folder), settings);
  const { experiment } = loaded;
  const preprocessing = await readPreprocessing(folder);
  return runOf(folder, { experiment, network: checkExperiment(loaded), preprocessing }, weights);
}

/** The run whose network and preprocessing are read already. */
export const runOf = async (
  folder: string,
  predictor: Predictor,
  weights: WeightName | undefined,
): Promise<OpenRun> => {
  const { experiment, preprocessing } = predictor;
  if (JSON.stringify(experiment.preprocess) !== JSON.stringify(preprocessing.steps)) {
    throw new InputError(
      `${folder} prepares images as it was trained, so that preprocess cannot be set: train anew`,
    );
  }
  const { images } = await readRecord(folder);
  return {
    folder,
    predictor,
    weights: weightsOfRun(folder, weights),
    fov: images?.fov ?? false,
    whole: images?.fov === false,
    classes: images?.classes ?? null,
  };
};

/**
 * `first` and the runs that answer together with it. Throws `InputError` where one of them has another network or other steps of
 * preprocessing.
 */
export async function openEnsemble(
  first: OpenRun,
  folders: readonly string[],
  options: RunOptions,
): Promise<readonly [OpenRun, ...OpenRun[]]> {
  const others: OpenRun[] = [];
  const known = new Set([resolve(first.folder)]);
  for (const folder of folders) {
    if (known.has(resolve(folder)))
      throw new InputError(`${folder} is named twice: each run of an ensemble counts once`);
    known.add(resolve(folder));
    const other = await openRun(folder, options);
    requireAlike(first, other);
    others.push(other);
  }
  return [first, ...others];
}

function requireAlike(first: OpenRun, other: OpenRun): void {
  const differ = (what: string, way: string): never => {
    throw new InputError(`${other.folder} has another ${what} than ${first.folder}: ${way}`);
  };
  const [a, b] = [first, other].map(({ predictor }) => predictor);
  if (print(a!.network.graph) !== print(b!.network.graph)) {
    differ('network', 'average runs of one network, as the folds of a cross-validation');
  }
  if (JSON.stringify(first.classes) !== JSON.stringify(other.classes)) {
    const [own, theirs] = [first, other].map(({ classes }) => classes?.join(', ') ?? 'unknown');
    throw new InputError(
      `${other.folder} has other classes than ${first.folder}, ${theirs} and ${own}: average runs of one experiment`,
    );
  }
  const steps = ({ preprocessing }: Predictor) => JSON.stringify(preprocessing.steps);
  if (steps(a!) !== steps(b!) || first.fov !== other.fov) {
    differ('preprocessing', 'average runs of one experiment');
  }
}

/** What the runs' probabilities are held against. Throws `InputError` where they differ. */
export async function commonThreshold(runs: readonly OpenRun[]): Promise<number> {
  const thresholds: number[] = [];
  for (const { folder, predictor, weights } of runs) {
    const { evaluation } = predictor.experiment;
    thresholds.push(await thresholdOfRun(folder, evaluation, weights));
  }
  const other = thresholds.findIndex((threshold) => threshold !== thresholds[0]);
  if (other < 0) return thresholds[0]!;
  throw new InputError(
    `${runs[other]!.folder} has another threshold than ${runs[0]!.folder}: give --threshold`,
  );
}

/** The weights of the runs, for the engine that the first one's network is in. */
export async function membersOf([first, ...others]: readonly [OpenRun, ...OpenRun[]]): Promise<
  readonly [Member, ...Member[]]
> {
  const { program } = first.predictor.network;
  const memberOf = async ({ weights, predictor, whole }: OpenRun): Promise<Member> => ({
    state: await readCheckpoint(weights.path, program),
    preprocessing: predictor.preprocessing,
    whole,
  });
  return [await memberOf(first), ...(await Promise.all(others.map(memberOf)))];
}

/**
 * The runs in an engine, ready to answer together; the caller closes the engine.
 * @param force as of `openEngine`
 */
export async function segmenterOf(
  runs: readonly [OpenRun, ...OpenRun[]],
  force?: boolean,
): Promise<{ readonly engine: Engine; readonly segmenter: Segmenter }> {
  const { predictor } = runs[0];
  const members = await membersOf(runs);
  const engine = await openEngine(predictor.network.program, predictor.experiment.engine, {
    force,
  });
  return { engine, segmenter: await openSegmenter(engine, predictor, members) };
}
