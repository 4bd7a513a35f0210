import { print } from '../../compiler/graph/print.js';
import { InputError } from '../errors.js';
import { type RunWeights, type WeightName, weightsOfRun } from '../evaluation/weights-of-run.js';
import { checkExperiment } from '../experiments/check-experiment.js';
import { openExperiment, type Settings } from '../prepare.js';
import { readCheckpoint } from '../training/checkpoint.js';
import { experimentPath, readPreprocessing, readTrainedOn } from '../training/run-folder.js';
import { thresholdOfRun } from './predict-files.js';
import type { Member, Predictor } from './segmenter.js';

/** A trained run, its weights found and not read. */
export interface OpenRun {
  readonly folder: string;
  readonly predictor: Predictor;
  readonly weights: RunWeights;
  /** Whether it was trained inside fields of view. */
  readonly fov: boolean;
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
): Promise<OpenRun> => ({
  folder,
  predictor,
  weights: weightsOfRun(folder, weights),
  fov: (await readTrainedOn(folder))?.fov ?? false,
});

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
  for (const folder of folders) {
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
  if (print(a.network.graph) !== print(b.network.graph)) {
    differ('network', 'average runs of one network, as the folds of a cross-validation');
  }
  const steps = ({ preprocessing }: Predictor) => JSON.stringify(preprocessing.steps);
  if (steps(a) !== steps(b) || first.fov !== other.fov) {
    differ('preprocessing', 'average runs of one experiment');
  }
}

/** What the runs' probabilities are held against. Throws `InputError` where they differ. */
export async function commonThreshold(runs: readonly OpenRun[]): Promise<number> {
  const thresholds: number[] = [];
  for (const { folder, predictor } of runs) {
    thresholds.push(await thresholdOfRun(folder, predictor.experiment));
  }
  const other = thresholds.findIndex((threshold) => threshold !== thresholds[0]);
  if (other < 0) return thresholds[0];
  throw new InputError(
    `${runs[other].folder} has another threshold than ${runs[0].folder}: give --threshold`,
  );
}

/** The weights of the runs, for the engine that the first one's network is in. */
export async function membersOf([first, ...others]: readonly [OpenRun, ...OpenRun[]]): Promise<
  readonly [Member, ...Member[]]
> {
  const { program } = first.predictor.network;
  const memberOf = async ({ weights, predictor }: OpenRun): Promise<Member> => ({
    state: await readCheckpoint(weights.path, program),
    preprocessing: predictor.preprocessing,
  });
  return [await memberOf(first), ...(await Promise.all(others.map(memberOf)))];
}
