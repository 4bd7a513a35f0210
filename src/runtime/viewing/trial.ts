import { print } from '../../compiler/ir/print.js';
import { noSettings } from '../experiments/open-experiment.js';
import { compileExperiment } from '../networks/network.js';
import { commonThreshold, membersOf, openRun } from '../prediction/open-runs.js';
import { encodeSafetensors } from '../weights/safetensors/encode.js';
import { shownValues } from './shown-values.js';
import { type Trial, trialKey } from './trial-file.js';

/**
 * A run as a page can try it: a safetensors file of the weights that `netc predict` would take.
 * @throws InputError where the run is not whole, has no weights yet, or its threshold is still to be chosen
 */
export async function trialOf(folder: string): Promise<Uint8Array> {
  const run = await openRun(folder, { settings: noSettings, weights: undefined });
  const { experiment, network, preprocessing } = run.predictor;
  const graph = network.program.functions.predict!;
  const { geometry } = network;
  const [{ state }] = await membersOf([run]);
  const { shown, variables } = shownValues(compileExperiment(experiment), geometry.margin);
  const { evaluation, patch } = experiment;
  const trial: Trial = {
    ...{ graph: print(graph), preprocessing, values: shown },
    ...{ output: geometry.output, fov: run.fov, classes: run.classes },
    experiment: { evaluation, patch },
    threshold: await commonThreshold([run]),
  };
  const paths = [...graph.variables, ...variables].map(({ path }) => path);
  const tensors = new Map(paths.map((path) => [path, state[path]!]));
  return encodeSafetensors({ tensors, metadata: { [trialKey]: JSON.stringify(trial) } }).bytes;
}
