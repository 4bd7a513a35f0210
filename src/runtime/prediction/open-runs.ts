import { print } from '../../compiler/graph/print.js';
import { InputError } from '../errors.js';
import { type RunWeights, type WeightName, weightsOfRun } from '../evaluation/weights-of-run.js';
import { checkExperiment } from '../experiments/check-experiment.js';
import { openEngine } from '../open-engine.js';
import { openExperiment, type Settings } from '../prepare.js';
import { readCheckpoint } from '../training/checkpoint.js';
import { experimentPath, readPreprocessing, readTrainedOn } from '../training/run-folder.js';
import { thresholdOfRun } from './predict-files.js';
import { type Member, openSegmenter, type Predictor, type Segmenter } from './segmenter.js';

export interface RunOptions {
  readonly settings: Settings;
  readonly weights: WeightName | undefined;
  readonly threshold: number | undefined;
}

/** One run, or several of one network that answer together. */
export interface OpenRuns {
  /** The first run's. */
  readonly predictor: Predictor;
  readonly threshold: number;
  readonly weights: WeightName;
  /** Whether it was trained inside fields of view. */
  readonly fov: boolean;
  /** Opens the engine. */
  start(): Promise<{ readonly segmenter: Segmenter; close(): Promise<void> }>;
}

interface OpenRun {
  readonly folder: string;
  readonly predictor: Predictor;
  readonly threshold: number;
  readonly weights: RunWeights;
  readonly fov: boolean;
}

/**
 * Checks the runs and finds their weights. Throws `InputError` where one is no whole run, or where those after the first have
 * another network, other steps of preprocessing or another threshold.
 */
export async function openRuns(folders: readonly string[], options: RunOptions): Promise<OpenRuns> {
  const runs: OpenRun[] = [];
  for (const folder of folders) runs.push(await openRun(folder, options));
  const [first, ...others] = runs;
  for (const other of others) requireAlike(first, other);
  const { predictor, threshold, weights, fov } = first;
  return {
    predictor,
    threshold,
    weights: weights.name,
    fov,
    async start() {
      const { program } = predictor.network;
      const memberOf = async ({ weights, predictor }: OpenRun): Promise<Member> => ({
        state: await readCheckpoint(weights.path, program),
        preprocessing: predictor.preprocessing,
      });
      const members = await Promise.all(runs.map(memberOf));
      const engine = await openEngine(program, predictor.experiment.engine);
      const segmenter = await openSegmenter(engine, predictor, [members[0], ...members.slice(1)]);
      return { segmenter, close: () => engine.close() };
    },
  };
}

async function openRun(folder: string, options: RunOptions): Promise<OpenRun> {
  const loaded = openExperiment(experimentPath(folder), options.settings);
  const preprocessing = await readPreprocessing(folder);
  const { experiment } = loaded;
  return {
    folder,
    predictor: { experiment, network: checkExperiment(loaded), preprocessing },
    threshold: options.threshold ?? (await thresholdOfRun(folder, experiment)),
    weights: weightsOfRun(folder, options.weights),
    fov: (await readTrainedOn(folder))?.fov ?? false,
  };
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
  if (first.threshold !== other.threshold) differ('threshold', 'give --threshold');
}
