import { cachedReading } from '../data/batches/training-images.js';
import type { ReadThrough } from '../data/cache/image-cache.js';
import { type Dataset, type Entry, openDataset } from '../data/dataset.js';
import { fitPreprocessing, type Preprocessing } from '../data/preprocess.js';
import type { Sample } from '../data/sample.js';
import { DiagnosedError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import type { Network } from '../networks/network.js';
import { checkExperiment } from './check-experiment.js';
import { checkImages } from './check-images.js';
import { checkThreshold } from './check-threshold.js';

/** Everything that training and scoring start from, checked. */
export interface Prepared {
  readonly experiment: Experiment;
  readonly network: Network;
  readonly dataset: Dataset;
  readonly preprocessing: Preprocessing;
}

/** Compiles the network, holds the experiment's sizes against it and reads the images. */
export async function prepare(loaded: LoadedExperiment): Promise<Prepared> {
  const { experiment, diagnostics, object } = loaded;
  const network = checkExperiment(loaded);
  const dataset = await openDataset(experiment.data);
  checkClasses(network, dataset, object);
  checkThreshold(experiment, dataset, object);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  const { channels } = network.geometry;
  const { preprocess } = experiment;
  const read = cachedReading(experiment.data, preprocess);
  checkImages(loaded, network.geometry, dataset);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  const training = () => oneByOne(dataset.train, read);
  const preprocessing = await fitPreprocessing(preprocess, channels, training);
  return { experiment, network, dataset, preprocessing };
}

async function* oneByOne(entries: readonly Entry[], read: ReadThrough): AsyncGenerator<Sample> {
  for (const entry of entries) yield await read(entry);
}

/** A single channel is for one class of foreground, several for the background and all of it. */
function checkClasses(
  { graph, geometry }: Network,
  { classes: names }: Dataset,
  object: LoadedExperiment['object'],
): void {
  const { classes, output } = geometry;
  const wanted = names.length + 1;
  if (classes === wanted || (classes === 1 && names.length === 1)) return;
  const channels = names.length === 1 ? `1 channel, or ${wanted}` : `${wanted} channels`;
  object(['data'], {
    message: `${output} of ${graph.name} has ${classes} channels; the images have the background and ${names.join(', ')}`,
    way: `give the model an output of ${channels}`,
  });
}
