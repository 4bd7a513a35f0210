import { createHash } from 'node:crypto';
import type { Network } from '../networks/network.js';
import { relocated } from '../files/source-reader.js';
import type { Experiment } from '../experiments/experiment.js';

/**
 * What tells whether two runs are the same run: a hash of the resolved experiment, the model's sources and the content
 * of the images. Where files lie, the run's folder and how often checkpoints are written are not in it.
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
  const { output: _, checkpoint: __, model, data, weights, ...settings } = experiment;
  const { files, moved } = relocated(sources);
  const parts = {
    ...settings,
    model: { name: model.name, path: moved(model.path) },
    data: { ...data, root: null },
    weights: weights && { ...weights, from: weightsHash, map: null },
    sources: [...files].sort(([a], [b]) => (a < b ? -1 : 1)),
    dataHash,
  };
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
