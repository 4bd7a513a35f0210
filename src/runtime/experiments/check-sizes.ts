import { channelsOf } from '../data/preprocess.js';
import type { Network } from '../network.js';
import type { Experiment } from './experiment.js';
import type { LoadedExperiment } from './load-experiment.js';

/** Holds the sizes of patches and images against what the network takes. */
export function checkSizes(
  { patch, preprocess }: Experiment,
  { graph, geometry }: Pick<Network, 'graph' | 'geometry'>,
  object: LoadedExperiment['object'],
): void {
  const [height, width] = geometry.roundUp(patch, patch);
  if (height !== patch || width !== patch) {
    object(
      ['patch'],
      `${graph.name} takes no patch of ${patch}x${patch}; the next larger is ${height}x${width}`,
    );
  } else if (patch <= 2 * geometry.margin) {
    object(['patch'], `a patch of ${patch}x${patch} leaves no output of ${graph.name}`);
  }
  if (channelsOf(preprocess) !== geometry.channels) {
    object(
      ['preprocess', 'channels'],
      `${graph.name} takes ${geometry.channels} channels, ${preprocess.channels} gives ${channelsOf(preprocess)}`,
    );
  }
}
