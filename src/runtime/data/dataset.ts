import { InputError } from '../errors/errors.js';
import type { DataOptions } from '../experiments/options/data.js';
import type { Header } from './formats/format.js';
import { emptyReport, type SurveyReport } from './look.js';
import type { Sample } from './sample.js';
import { openFolder } from './sources/folder.js';
import { openKnown } from './sources/known.js';
import type { Source } from './sources/source.js';
import { splitBy } from './split/split.js';
import { survey } from './survey.js';
import { syntheticLesions } from './synthetic/lesion.js';
import { syntheticLungs } from './synthetic/lung.js';
import { syntheticRetinas } from './synthetic/retina.js';

/** The files of an image, as paths that can be opened. */
export interface EntryFiles {
  readonly image: string;
  /** One, or several whose union is meant. */
  readonly masks: readonly string[];
  readonly fov: string | null;
  /** Which slice of each is meant, from 0; 0 where they are no volumes. */
  readonly slice: number;
}

/** All files that an entry depends on, in a fixed order. */
export const pathsOf = ({ files }: Pick<Entry, 'files'>): readonly string[] =>
  files === null ? [] : [files.image, ...files.masks, ...(files.fov === null ? [] : [files.fov])];

/** One image of a dataset, listed and checked but not read. */
export interface Entry {
  /** Unique in its dataset; files of a run are named by it. */
  readonly id: string;
  /** The patient, where several images may be of one; never split between training and testing. */
  readonly group: string | null;
  /** Where it is read from; null of a synthetic image. */
  readonly files: EntryFiles | null;
  /** What the header of its image says, before any step; absent of a synthetic image and of one that cannot be read. */
  readonly header?: Header;
  /** Whether no file of its mask has foreground, as far as is known before it is read. */
  readonly empty?: boolean;
  /** How its files are read beside what their bytes say: the rule of the dataset's masks. */
  readonly reading?: string;
  /** Throws `InputError` where a file cannot be read. */
  read(): Promise<Sample>;
}

export interface Dataset {
  /** The foreground's classes by name, in the order of a mask's numbers from 1 on. */
  readonly classes: readonly string[];
  readonly train: readonly Entry[];
  /** Empty where the dataset keeps none apart. */
  readonly validation: readonly Entry[];
  readonly test: readonly Entry[];
  /** Images without ground truth, a file each and of a volume the file as a whole: they can be predicted, not scored. */
  readonly unlabelled: readonly ListedImage[];
}

/** An image by its files, before any of them is looked at. */
export type ListedImage = Pick<Entry, 'id' | 'group' | 'files'>;

/**
 * The images an experiment names: listed, paired and checked. Throws `InputError` with all that is wrong with them.
 */
export async function openDataset(data: DataOptions): Promise<Dataset> {
  const { dataset, report } = await surveyDataset(data);
  if (report.problems.length > 0) throw new InputError(...report.problems);
  return dataset;
}

/** A dataset, and what its files say of themselves. */
export interface Surveyed {
  readonly dataset: Dataset;
  readonly report: SurveyReport;
}

/**
 * The same for one who wants to see more than the first thing that is wrong: only files that cannot be listed, paired and
 * divided end it.
 */
export async function surveyDataset(data: DataOptions): Promise<Surveyed> {
  switch (data.kind) {
    case 'drive':
    case 'isic':
    case 'lung':
    case 'hrf':
    case 'stare':
    case 'chase':
      return divided(await openKnown(data.kind, data.root), data);
    case 'folder':
      return divided(await openFolder(data), data);
    case 'synthetic-retina':
      return surveyed(syntheticRetinas(data));
    case 'synthetic-lesion':
      return surveyed(syntheticLesions(data));
    case 'synthetic-lung':
      return surveyed(syntheticLungs(data));
  }
}

const surveyed = (dataset: Dataset): Surveyed => ({ dataset, report: emptyReport });

async function divided(
  source: Source,
  data: Extract<DataOptions, { readonly root: string }>,
): Promise<Surveyed> {
  const labels = 'labels' in data ? data.labels : null;
  const options = { labels, ignore: data.ignore ?? null };
  // An error in the split is told before any mask is decoded.
  const { train, validation, test } = await splitBy(data.split, source);
  const { bound, report } = await survey(source, data.root, options);
  const parts = {
    train: train.map(bound),
    validation: validation.map(bound),
    test: test.map(bound),
  };
  const { classes, unlabelled } = source;
  return { dataset: { classes, unlabelled, ...parts }, report };
}

export const readAll = (entries: readonly Entry[]): Promise<Sample[]> =>
  Promise.all(entries.map((entry) => entry.read()));
