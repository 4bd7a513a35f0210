import type { Experiment } from '../experiments/experiment.js';
import type { WeightsOptions } from '../experiments/options/weights.js';
import { hashFile, sha256 } from '../files/hash.js';
import { missing } from '../files/missing.js';
import { relocated } from '../files/source-reader.js';
import type { Network } from '../networks/network.js';
import { weightsFile } from './weights-of-run.js';

/**
 * What tells whether two runs are the same run: a hash of the resolved experiment, the model's sources and the content
 * of the images. Where files lie, the run's folder, how often checkpoints are
 * written, which validation images are pictured and what is done with a loss that is NaN are not in it.
 *
 * @param dataHash of the manifest
 * @param weightsHash of what training starts from, null of initial values
 */
export function identityOf(
  experiment: Experiment,
  { sources }: Pick<Network, 'sources'>,
  dataHash: string,
  weightsHash: string | null,
): string {
  const { output: _, checkpoint: __, onNan: ___, model, data, weights, ...settings } = experiment;
  const { devices, ...engine } = experiment.engine;
  const { pictures: ____, ...validation } = experiment.validation;
  const { files, moved } = relocated(sources);
  const parts = {
    ...settings,
    validation,
    // A run that was made before there was a choice is the same as one on one device.
    engine: devices === 1 ? engine : experiment.engine,
    model: { name: model.name, path: moved(model.path) },
    data: { ...data, root: null },
    weights: weights && { ...weights, from: weightsHash, map: null },
    sources: [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
    dataHash,
  };
  return sha256(JSON.stringify(parts));
}

/** A hash of what the weights are read from, wherever it lies: the file and its map. */
export async function weightsHash({ from, map }: WeightsOptions): Promise<string> {
  const paths = [await weightsFile(from), ...(map === null ? [] : [map])];
  return hashFile(...paths).catch((error: NodeJS.ErrnoException) => {
    throw error.code === 'ENOENT' ? missing(error.path ?? from, 'name a file of weights') : error;
  });
}

/** The hash of an experiment's weights; null where it names none. */
export const startHash = async ({ weights }: Experiment): Promise<string | null> =>
  weights === null ? null : weightsHash(weights);
