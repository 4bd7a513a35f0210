import { dirname, resolve } from 'node:path';
import { type Dataset, openDataset } from '../data/dataset.js';
import { type Manifest, type ManifestImage, manifestOf } from '../data/manifest.js';
import { InputError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import type { DataOptions } from '../experiments/options/data.js';
import { hashFile } from '../files/hash.js';
import { stepOf } from '../runs/checkpoint.js';
import { type Difference, scoringDifferencesOf } from '../runs/compare.js';
import { imagesOfRun } from '../runs/folder.js';
import { readRecord } from '../runs/record.js';
import { type RunWeights, type WeightName, weightsOfRun } from '../runs/weights-of-run.js';
import { nothingToScore } from './nothing-to-score.js';

export type Split = 'test' | 'validation';

/** What scores are of, to the byte: it stands in metrics.json beside them. */
export interface Subject {
  /** The run's folder. */
  readonly run: string;
  readonly split: Split;
  readonly data: ScoredData;
  readonly weights: WeightName;
  readonly checkpoint: ScoredWeights;
  /** The weights of other runs whose answers are averaged with this one's. */
  readonly ensemble: readonly ScoredWeights[];
  /**
   * How many of the images the run was trained on, or one that answers with it, or one whose weights it began with, by the content of
   * their files: scores of these flatter it.
   */
  readonly trainedOn: number;
  /** Whether the images come without fields of view, and these were found in them. */
  readonly fieldsFound?: boolean;
  /** Keys of the experiment whose values are not the run's own; null where the run has one and this not. */
  readonly settings: Readonly<Record<string, unknown>>;
}

interface ScoredData {
  readonly source: DataOptions['kind'];
  /** Null of synthetic images. */
  readonly root: string | null;
  /** Of ids, patients and files of the images that are scored. */
  readonly sha256: string;
}

interface ScoredWeights {
  readonly file: string;
  /** How many steps made it; null where it does not say. */
  readonly step: number | null;
  readonly sha256: string;
}

/** In what scores are not those of the run by itself: its test images, its weights, its settings. */
export interface Departures {
  readonly data: boolean;
  readonly split: boolean;
  readonly weights: boolean;
  readonly ensemble: boolean;
  /** Other keys than those of the data. */
  readonly settings: readonly Difference[];
}

export const isOwn = ({ data, split, weights, ensemble, settings }: Departures): boolean =>
  !data && !split && !weights && !ensemble && settings.length === 0;

/**
 * What is about to be scored of the run in `folder`, and how it differs from the run's own test.
 * Throws `InputError` where there is no image, or where a threshold would be chosen by images that one of several runs was trained on.
 * @param was the run's own experiment
 * @param others runs that answer with it
 */
export async function subjectOf(
  folder: string,
  was: Experiment,
  { experiment, dataset }: { readonly experiment: Experiment; readonly dataset: Dataset },
  weights: RunWeights,
  split: Split,
  others: readonly { readonly folder: string; readonly weights: RunWeights }[] = [],
): Promise<{ readonly subject: Subject; readonly departures: Departures }> {
  if (dataset[split].length === 0) {
    throw new InputError(nothingToScore(dataset, split));
  }
  const { data } = experiment;
  const manifest = await manifestOfPart(dataset, split, data);
  const differences = scoringDifferencesOf(was, experiment);
  const ofData = differences.filter(({ key }) => key.startsWith('data.'));
  const departures = {
    data: ofData.length > 0 || !(await areThoseOfRun(folder, split, manifest)),
    split: split !== 'test',
    weights: resolve(weights.path) !== resolve(weightsOfRun(folder).path),
    ensemble: others.length > 0,
    settings: differences.filter((one) => !ofData.includes(one)),
  };
  const folders = [folder, ...others.map((other) => other.folder)];
  if (others.length > 0 && experiment.evaluation.threshold === 'validation') {
    const seen = await trainedOn(folders, await manifestOfPart(dataset, 'validation', data));
    if (seen > 0) {
      throw new InputError(
        `a run of the ensemble was trained on ${seen} of the validation images, by which the threshold would be chosen: give one by --set evaluation.threshold`,
      );
    }
  }
  const root = 'root' in data ? data.root : null;
  const subject = {
    run: folder,
    split,
    data: { source: data.kind, root, sha256: manifest.hash },
    weights: weights.name,
    checkpoint: await scored(weights),
    ensemble: await Promise.all(others.map((other) => scored(other.weights))),
    trainedOn: await trainedOn(folders, manifest),
    settings: Object.fromEntries(differences.map(({ key, after }) => [key, parsed(after)])),
  };
  return { subject, departures };
}

function manifestOfPart(dataset: Dataset, split: Split, data: DataOptions): Promise<Manifest> {
  const nothing = { train: [], validation: [], test: [] };
  return manifestOf({ ...dataset, ...nothing, [split]: dataset[split] }, data);
}

/** Whether the images at `data`, divided as the run's are, have the run's own images of that part: it was moved, or copied. */
export async function holdsPartOfRun(
  folder: string,
  data: DataOptions,
  part: Split,
): Promise<boolean> {
  try {
    const dataset = await openDataset(data);
    return await areThoseOfRun(folder, part, await manifestOfPart(dataset, part, data));
  } catch (error) {
    if (error instanceof InputError) return false;
    throw error;
  }
}

/** By all of these runs and those whose weights they began with. Of a run that does not tell, and of images that are synthetic, none. */
async function trainedOn(folders: readonly string[], now: Manifest): Promise<number> {
  const fileOf = ({ files }: ManifestImage): string | undefined => files[0]?.sha256;
  const known = new Set<string>();
  const all = new Set(folders);
  // A set is walked to its end, also to what is added on the way.
  for (const folder of all) {
    const then = (await imagesOfRun(folder)) ?? [];
    for (const image of then) {
      const file = fileOf(image);
      if (image.part === 'train' && file !== undefined) known.add(file);
    }
    const before = (await readRecord(folder)).weights?.file;
    if (before !== undefined) all.add(dirname(dirname(before)));
  }
  return now.images.filter((image) => known.has(fileOf(image) ?? '')).length;
}

const scored = async ({ path }: RunWeights): Promise<ScoredWeights> => ({
  file: path,
  step: await stepOf(path),
  sha256: await hashFile(path),
});

const parsed = (text: string): unknown => (text === 'absent' ? null : JSON.parse(text));

/** Whether the run knew these very files by these names; of a run that does not tell, it is taken so. */
async function areThoseOfRun(folder: string, split: Split, now: Manifest): Promise<boolean> {
  const then = await imagesOfRun(folder);
  if (then === null) return true;
  const known = (images: readonly ManifestImage[]): string =>
    JSON.stringify(
      images
        .filter(({ part }) => part === split)
        .map(({ id, files }) => [id, ...files.map(({ sha256 }) => sha256)]),
    );
  return known(then) === known(now.images);
}
