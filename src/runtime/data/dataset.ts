import type { DataOptions } from '../experiments/experiment.js';
import type { Sample } from './sample.js';
import { openFolder } from './sources/folder.js';
import { openKnown } from './sources/known.js';
import type { Source } from './sources/source.js';
import { type SplitOptions, splitBy } from './split/split.js';
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
  /** Where it is read from; null where it is drawn. */
  readonly files: EntryFiles | null;
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
  /** Images without ground truth, a file each: they can be predicted, not scored. */
  readonly unlabelled: readonly Unlabelled[];
}

/** An image without ground truth: no masks, and of a volume the file as a whole. */
export type Unlabelled = Pick<Entry, 'id' | 'group' | 'files'>;

/**
 * The images an experiment names: listed, paired and checked, none of them decoded. Throws `InputError` with all that
 * is wrong with them.
 */
export async function openDataset(data: DataOptions): Promise<Dataset> {
  switch (data.kind) {
    case 'drive':
    case 'isic':
    case 'lung':
    case 'hrf':
    case 'stare':
    case 'chase':
      return divided(await openKnown(data.kind, data.root), data.split);
    case 'folder':
      return divided(await openFolder(data), data.split);
    case 'synthetic-retina':
      return syntheticRetinas(data);
    case 'synthetic-lesion':
      return syntheticLesions(data);
    case 'synthetic-lung':
      return syntheticLungs(data);
  }
}

const divided = async (source: Source, split: SplitOptions | null): Promise<Dataset> => ({
  classes: source.classes,
  unlabelled: source.unlabelled,
  ...(await splitBy(split, source)),
});

export const readAll = (entries: readonly Entry[]): Promise<Sample[]> =>
  Promise.all(entries.map((entry) => entry.read()));
