import { basename, join, resolve } from 'node:path';
import { InputError } from '../errors/errors.js';
import { requireAbsent } from '../files/disk.js';
import type { Input } from './inputs.js';
import type { WriteOptions } from './write-prediction.js';

/** What predictions are named by. */
export interface Named {
  readonly stem: string;
  /** `z07` where the picture is one slice of the image. */
  readonly slice?: string;
  /** Whether the answer is a NIfTI volume. */
  readonly volume?: boolean;
}

export interface Names {
  readonly mask: string;
  /** A picture, or of a volume a folder of them. */
  readonly overlay: string;
  readonly probabilities: readonly string[];
}

type Naming = Pick<WriteOptions, 'maskName' | 'probabilities'>;

const endings = /\.(png|nii\.gz)$/i;

/** The names of a prediction's files, from the folder they are written to. Throws `InputError` where a number is wanted and none is there. */
export function namesOf(named: Named, { maskName, probabilities }: Naming, classes = 1): Names {
  const { slice, volume = false } = named;
  const stem = slice === undefined ? named.stem : `${named.stem}-${slice}`;
  const nameOf = (k: number): string => `probability${classes === 1 ? '' : `-${k + 1}`}`;
  const ending = volume && probabilities === 'png' ? 'nii.gz' : probabilities;
  return {
    mask: maskOf(named, stem, maskName, volume ? 'nii.gz' : 'png'),
    overlay: `${stem}-overlay${volume ? '' : '.png'}`,
    probabilities: Array.from({ length: classes }, (_, k) => `${stem}-${nameOf(k)}.${ending}`),
  };
}

/** Of the pattern, `{id}` is the stem and `{number}` the first number in the image's name, without zeros before it. */
function maskOf(
  { stem, slice }: Named,
  own: string,
  pattern: string | null,
  ending: string,
): string {
  if (pattern === null) return `${own}-mask.${ending}`;
  const number = /\d+/.exec(basename(stem))?.[0];
  if (pattern.includes('{number}') && number === undefined) {
    throw new InputError(`${stem} has no number for --mask-name ${pattern}: use {id}`);
  }
  return pattern
    .replace(endings, `${slice === undefined ? '' : `-${slice}`}.${ending}`)
    .replaceAll('{id}', () => stem)
    .replaceAll('{number}', () => String(Number(number)));
}

/** How predictions are named, and whether they replace what is there. */
type Placing = Naming & Pick<WriteOptions, 'folder'> & { readonly overwrite: boolean };

/**
 * Throws `InputError` where two masks would have one name, or where a prediction would be written over an image that is to be
 * predicted, or unasked over any other file: it may be a ground truth.
 *
 * @param answers all that is going to be written, with the image that each is of
 * @param classes of the foreground
 */
export function requireNames(
  answers: readonly (Named & Pick<Input, 'path'>)[],
  options: Placing,
  classes = 1,
): void {
  const images = new Set(answers.map(({ path }) => resolve(path)));
  const first = new Map<string, string>();
  for (const { path, ...named } of answers) {
    const { mask, overlay, probabilities } = namesOf(named, options, classes);
    const others = [overlay, ...probabilities];
    if (others.includes(mask)) {
      throw new InputError(
        `--mask-name ${options.maskName} is the name of another file of the same prediction: choose another`,
      );
    }
    const over = [mask, ...others].find((name) => images.has(resolve(join(options.folder, name))));
    if (over !== undefined) {
      throw new InputError(
        `${join(options.folder, over)} is an image, and the prediction of ${path} would be written over it: choose another folder by --out`,
      );
    }
    for (const name of [mask, ...others]) {
      if (!options.overwrite) requireAbsent(join(options.folder, name));
    }
    const key = mask.toLowerCase();
    const other = first.get(key);
    if (other !== undefined) {
      throw new InputError(
        `the masks of ${other} and ${path} would both be ${mask}: name them by {id}, or predict them into two folders`,
      );
    }
    first.set(key, path);
  }
}
