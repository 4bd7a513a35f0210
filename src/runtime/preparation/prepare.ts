import { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import { cachedReading } from '../data/batches/training-images.js';
import type { ReadThrough } from '../data/cache/image-cache.js';
import { type Dataset, type Entry, openDataset } from '../data/dataset.js';
import { fitPreprocessing, type Preprocessing } from '../data/preprocess.js';
import type { Sample } from '../data/sample.js';
import { DiagnosedError } from '../errors/errors.js';
import { checkThreshold } from '../evaluation/threshold.js';
import type { Experiment } from '../experiments/experiment.js';
import { type LoadedExperiment, loadExperiment } from '../experiments/load-experiment.js';
import { type Override, overrideOf, parseOverride } from '../experiments/overrides.js';
import { otherKind } from '../files/kinds.js';
import { notThere } from '../files/missing.js';
import { readText } from '../files/source-reader.js';
import type { Network } from '../networks/network.js';
import type { Path } from '../yaml/source.js';
import { checkExperiment } from './check-experiment.js';
import { checkImages } from './check-images.js';

/** Settings of the command line: those of `--set`, and flags as a path and its value. */
export interface Settings {
  readonly set: readonly string[];
  readonly flags: readonly {
    readonly name: string;
    readonly path: Path;
    readonly value: unknown;
  }[];
}

/** Everything that training and scoring start from, checked. */
export interface Prepared {
  readonly experiment: Experiment;
  readonly network: Network;
  readonly dataset: Dataset;
  readonly preprocessing: Preprocessing;
}

/** Reads and checks the experiment at `path`. Throws `DiagnosedError` with all that is wrong. */
export function openExperiment(path: string, { set, flags }: Settings): LoadedExperiment {
  const text = readText(path);
  if (text === undefined) throw notThere(path, "name an experiment's file", 'experiment');
  const diagnostics = new Diagnostics();
  const overrides = [
    ...flags.map((flag) =>
      overrideOf(flag.path, JSON.stringify(flag.value), flag.name, diagnostics),
    ),
    ...set.map((setting) => parseOverride(setting, diagnostics)),
  ].filter((override): override is Override => override !== undefined);
  const loaded = loadExperiment({ path, text }, overrides, diagnostics);
  if (!loaded) throw otherKind(path, 'experiment') ?? new DiagnosedError(diagnostics.all());
  return loaded;
}

/** Compiles the network, holds the experiment's sizes against it and reads the images. */
export async function prepare(loaded: LoadedExperiment): Promise<Prepared> {
  const { experiment, diagnostics, misfit } = loaded;
  const network = checkExperiment(loaded);
  const dataset = await openDataset(experiment.data);
  checkClasses(network, dataset, misfit);
  checkThreshold(experiment, dataset, misfit);
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
  misfit: LoadedExperiment['misfit'],
): void {
  const { classes, output } = geometry;
  const wanted = names.length + 1;
  if (classes === wanted || (classes === 1 && names.length === 1)) return;
  const facts = { model: graph.name, output, channels: classes, classes: names };
  misfit(['data'], { kind: 'classes', ...facts });
}
