import { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { cachedReading } from './data/batches/training-images.js';
import type { ReadThrough } from './data/cache/image-cache.js';
import { type Dataset, type Entry, openDataset } from './data/dataset.js';
import { channelsOf } from './data/preprocess/steps.js';
import { fitPreprocessing, misfit, type Preprocessing } from './data/preprocess.js';
import type { Sample } from './data/sample.js';
import { DiagnosedError, InputError } from './errors.js';
import type { Experiment } from './experiments/experiment.js';
import { type LoadedExperiment, loadExperiment } from './experiments/load-experiment.js';
import { type Override, overrideOf, parseOverride } from './experiments/overrides.js';
import { inExperiment } from './experiments/parameter-places.js';
import { keys } from './experiments/schema/index.js';
import { compileNetwork, type Network, SettingError } from './network.js';
import { readText } from './source-reader.js';
import type { Path } from './yaml/source.js';

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
  if (text === undefined) throw new InputError(`${path} is not there: name an experiment's file`);
  const diagnostics = new Diagnostics();
  const overrides = [
    ...flags.map((flag) =>
      overrideOf(flag.path, JSON.stringify(flag.value), flag.name, diagnostics),
    ),
    ...set.map((setting) => parseOverride(setting, diagnostics)),
  ].filter((override): override is Override => override !== undefined);
  const loaded = loadExperiment({ path, text }, overrides, diagnostics);
  if (!loaded) throw new DiagnosedError(diagnostics.all());
  return loaded;
}

/** Compiles the network, holds the experiment's sizes against it and reads the images. */
export async function prepare({
  experiment,
  diagnostics,
  object,
  spanOf,
}: LoadedExperiment): Promise<Prepared> {
  const { path } = experiment.model;
  if (readText(path) === undefined) {
    object(['model', 'path'], `${path} is not there: name a .net file`, 'NET0104');
    throw new DiagnosedError(diagnostics.all());
  }
  const network = withHints(() => {
    try {
      return compileNetwork(experiment);
    } catch (error) {
      if (!(error instanceof SettingError)) throw error;
      object(error.path, error.message, 'NET0605', error.suggestion);
      throw new DiagnosedError(diagnostics.all());
    }
  }, spanOf);
  checkSizes(experiment, network, object);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  const dataset = await openDataset(experiment.data);
  checkClasses(network, dataset, object);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  const { channels } = network.geometry;
  const { preprocess } = experiment;
  const read = cachedReading(experiment.data, preprocess);
  const first = dataset.train[0] && (await read(dataset.train[0]));
  if (first && first.image.channels !== channels) {
    object(['preprocess'], `image ${first.id} ${misfit(first.image.channels, channels)}`);
    throw new DiagnosedError(diagnostics.all());
  }
  const training = () => oneByOne(dataset.train, read);
  const preprocessing = await fitPreprocessing(preprocess, channels, training);
  return { experiment, network, dataset, preprocessing };
}

async function* oneByOne(entries: readonly Entry[], read: ReadThrough): AsyncGenerator<Sample> {
  for (const entry of entries) yield await read(entry);
}

/** A key of the experiment given as the model's parameter lacks a dot. */
function withHints(compile: () => Network, spanOf: LoadedExperiment['spanOf']): Network {
  try {
    return compile();
  } catch (error) {
    if (!(error instanceof DiagnosedError)) throw error;
    const hinted = error.diagnostics.map((found) => {
      const mistake = inExperiment(found, spanOf);
      const key = /^--set (\w+)$/.exec(mistake.span.file.path)?.[1];
      if (mistake.code !== 'NET0504' || key === undefined || !keys.includes(key)) return mistake;
      const message = `the experiment's own ${key} is set by --set .${key}=${mistake.span.file.text}`;
      return { ...mistake, suggestion: { message } };
    });
    throw new DiagnosedError(hinted);
  }
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
  object(
    ['data'],
    `${output} of ${graph.name} has ${classes} channels; the images have the background and ${names.join(', ')}`,
    'NET0605',
    `give the model an output of ${channels}`,
  );
}

function checkSizes(
  { patch, preprocess }: Experiment,
  { graph, geometry }: Network,
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
  const given = channelsOf(preprocess);
  if (given !== undefined && given !== geometry.channels) {
    const step = preprocess.findIndex((one) => 'gray' in one);
    object(
      ['preprocess', step],
      `${graph.name} takes ${geometry.channels} channels and the step gray leaves 1: remove it`,
    );
  }
}
