import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { compileNetwork, type Network } from '../networks/network.js';
import { thresholdOfRun } from '../prediction/predict-files.js';
import { openExperiment } from '../preparation/prepare.js';
import { checkpointPath } from '../runs/checkpoint.js';
import { experimentPath, readPreprocessing, readTrainedOn } from '../runs/run-folder.js';
import type { RunFacts } from './metadata.js';

export interface RunToExport {
  readonly network: Network;
  readonly weights: { readonly file: string };
  readonly run: RunFacts;
}

/** The network of a run as it was trained, its best checkpoint or its last, and what the run says of both. */
export async function openRunToExport(folder: string): Promise<RunToExport> {
  const { experiment } = openExperiment(experimentPath(folder), { set: [], flags: [] });
  const network = compileNetwork(experiment);
  const preprocessing = await readPreprocessing(folder);
  const run: RunFacts = {
    scored: network.geometry.output,
    preprocessing,
    images: await readTrainedOn(folder),
    threshold: network.geometry.classes > 1 ? null : await chosenThreshold(folder, experiment),
    postprocess: experiment.evaluation.postprocess,
  };
  return { network, weights: { file: checkpointPath(folder) }, run };
}

/** Null where it is to be chosen on the validation images and has not been. */
async function chosenThreshold(folder: string, experiment: Experiment): Promise<number | null> {
  try {
    return await thresholdOfRun(folder, experiment);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
