/** A value of a label map: a grey value, or a colour as `#rrggbb`. */
export type Label = number | string;

/** The values that stand for each class, by its name; `background` may be among them and is 0 or black otherwise. */
export type Labels = Readonly<Record<string, Label | readonly Label[]>>;

/** How many classes of foreground a mask can tell apart: a byte a pixel, 0 for the background and 255 for nobody's judgement. */
export const mostClasses = 254;

/** What a dataset says of the values of its masks. */
export interface MaskOptions {
  /** Null: masks are of one class, by the rule that all of them fit. */
  readonly labels: Labels | null;
  /** Values of pixels that nobody judged; null: there are none. */
  readonly ignore: Label | readonly Label[] | null;
}

/** The patterns of a folder that an experiment says nothing of. */
export const usual = { images: 'images/{id}.*', masks: 'masks/{id}.*' } as const;

export interface FolderOptions {
  readonly root: string;
  /** Which files are images and masks: patterns of paths from the root. An image's mask is the union of all found. */
  readonly images: string;
  readonly masks: string | readonly string[];
  /** Null: `fov/{id}.*` beside the folder of images where there are such files, else there is no field of view. */
  readonly fov: string | null;
  /** Null: masks are of one class. */
  readonly labels: Labels | null;
  /** A regular expression over an image's path from the root; its first group is the patient. */
  readonly patient: string | null;
}

/** How images are divided; a number below 1 is a share of all images, from 1 on a count of them. */
export type SplitOptions =
  /** As the dataset comes. */
  | { readonly kind: 'given' }
  /** For scoring alone: the test images that the dataset keeps apart, else all of it. */
  | { readonly kind: 'external' }
  | {
      readonly kind: 'seed';
      readonly seed: number;
      /** Null: all that validation and test leave. */
      readonly train: number | null;
      readonly validation: number;
      /** `given`: the test images that the dataset keeps apart. */
      readonly test: number | 'given';
    }
  | {
      readonly kind: 'list';
      /** Files with an id a line. Null: all that the others leave. */
      readonly train: string | null;
      readonly validation: string | null;
      readonly test: string;
    }
  | {
      readonly kind: 'folds';
      readonly folds: number;
      /** Which of them is tested on, from 1. */
      readonly fold: number;
      readonly validation: number;
      readonly seed: number;
    };

export interface SyntheticOptions {
  /** How many images to train on, to validate on and to test on. */
  readonly train: number;
  readonly validation: number;
  readonly test: number;
  /** Height and width in pixels. */
  readonly size: number;
  readonly seed: number;
}

export interface SyntheticLungOptions extends SyntheticOptions {
  /** 1: both lungs; 2: the patient's right, which is on the left, and the left. */
  readonly classes: 1 | 2;
}

/** The published datasets that netc knows by their layout. */
export type KnownKind = 'drive' | 'isic' | 'chase' | 'stare' | 'hrf' | 'lung';

/** What goes with any dataset on disk. */
export interface StoredOptions {
  /** Null: as the dataset comes, else by a seed. */
  readonly split: SplitOptions | null;
  /** Values of pixels in the masks that nobody judged; null or left out: there are none. */
  readonly ignore?: MaskOptions['ignore'];
  /** Bytes that decoded images may take in the user's cache; null: as NETC_CACHE_LIMIT says, else 2 GB. */
  readonly cache: number | null;
}

/** Where the images come from. */
export type DataOptions =
  | ({ readonly kind: KnownKind; readonly root: string } & StoredOptions)
  | ({ readonly kind: 'folder' } & StoredOptions & FolderOptions)
  | ({ readonly kind: 'synthetic-retina' | 'synthetic-lesion' } & SyntheticOptions)
  | ({ readonly kind: 'synthetic-lung' } & SyntheticLungOptions);
