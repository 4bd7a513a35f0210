import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { noSettings, openExperiment } from '../experiments/open-experiment.js';
import { compileNetwork, type Network } from '../networks/network.js';
import { experimentPath } from '../runs/folder.js';
import { readPreprocessing, readRecord } from '../runs/record.js';
import { thresholdOfRun } from '../runs/scores.js';
import { type RunWeights, weightsOfRun } from '../runs/weights-of-run.js';
import type { RunFacts } from './metadata.js';

export interface RunToExport {
  readonly network: Network;
  readonly weights: { readonly file: string };
  readonly run: RunFacts;
}

/** The network of a run as it was trained, its best checkpoint or its last, and what the run says of both. */
export async function openRunToExport(folder: string): Promise<RunToExport> {
  const { experiment } = openExperiment(experimentPath(folder), noSettings);
  const network = compileNetwork(experiment);
  const weights = weightsOfRun(folder);
  const preprocessing = await readPreprocessing(folder);
  const run: RunFacts = {
    scored: network.geometry.output,
    preprocessing,
    images: (await readRecord(folder)).images ?? null,
    threshold:
      network.geometry.classes > 1 ? null : await chosenThreshold(folder, experiment, weights),
    postprocess: experiment.evaluation.postprocess,
  };
  return { network, weights: { file: weights.path }, run };
}

/** Null where it is to be chosen on the validation images and has not been. */
async function chosenThreshold(
  folder: string,
  { evaluation }: Experiment,
  weights: RunWeights,
): Promise<number | null> {
  try {
    return await thresholdOfRun(folder, evaluation, weights);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
