import { InputError } from '../../errors/errors.js';
import type { SplitOptions } from '../../experiments/options/data.js';
import type { Dataset, ListedImage } from '../dataset.js';
import { draw, groupsOf, groupsOver, shuffled, wantedOf } from './groups.js';
import { byList } from './lists.js';

/** The images of each part. */
export type Division = Readonly<Record<'train' | 'validation' | 'test', readonly ListedImage[]>>;

/** What the dataset keeps apart itself, and what it leaves to be divided. */
export interface Given extends Division, Pick<Dataset, 'unlabelled'> {
  readonly unassigned: readonly ListedImage[];
}

/**
 * Where nothing is asked for: as the dataset comes, where it keeps images apart to validate or to test on; else seven
 * tenths, one and two of it.
 */
export const defaultSplit = ({ unassigned, validation, test }: Given): SplitOptions =>
  unassigned.length === 0 && validation.length + test.length > 0
    ? { kind: 'given' }
    : { kind: 'seed', seed: 1, train: null, validation: 0.1, test: 0.2 };

/**
 * The images divided, those of a patient never on two sides. The same options and ids give the same parts on every
 * machine, whatever order the files were listed in. Throws `InputError` where there are too few.
 */
export async function splitBy(options: SplitOptions | null, given: Given): Promise<Division> {
  const chosen = options ?? defaultSplit(given);
  switch (chosen.kind) {
    case 'given':
      return asGiven(given);
    case 'external':
      return external(given);
    case 'seed':
      return bySeed(chosen, given);
    case 'list':
      return whole(await byList(chosen, allOf(given), given.unlabelled));
    case 'folds':
      return byFolds(chosen, allOf(given));
  }
}

const allOf = ({ train, validation, test, unassigned }: Given): ListedImage[] => [
  ...train,
  ...validation,
  ...test,
  ...unassigned,
];

function asGiven({ train, validation, test, unassigned }: Given): Division {
  if (unassigned.length > 0) {
    throw new InputError(
      'the dataset has no split of its own: set data.split, as {kind: seed, seed: 1, validation: 0.1, test: 0.2}',
    );
  }
  return apart({ train, validation, test });
}

const external = (given: Given): Division => ({
  train: [],
  validation: [],
  test: given.test.length > 0 ? given.test : allOf(given),
});

function bySeed(options: Extract<SplitOptions, { kind: 'seed' }>, given: Given): Division {
  const keep = options.test === 'given';
  if (keep && given.test.length === 0) {
    const { length } = given.unlabelled;
    const none = length > 0 ? ` with ground truth (${length} have none)` : '';
    throw new InputError(
      `the dataset keeps no test images${none} apart: set data.split.test to a number`,
    );
  }
  const { train, validation, unassigned } = given;
  const pool = keep ? [...train, ...validation, ...unassigned] : allOf(given);
  const groups = shuffled(groupsOf(pool), options.seed);
  const wanted = (part: string, amount: number) => ({ part, ...wantedOf(amount, pool.length) });
  // The test images come first: they stay when less or more is validated on.
  const test = options.test === 'given' ? given.test : draw(groups, wanted('test', options.test));
  const checked = draw(groups, wanted('validation', options.validation));
  const rest = groups.flat();
  const parts = {
    train: options.train === null ? rest : draw(groups, wanted('train', options.train)),
    validation: checked,
    test,
  };
  return whole(parts);
}

function byFolds(
  { folds, fold, validation, seed }: Extract<SplitOptions, { kind: 'folds' }>,
  all: readonly ListedImage[],
): Division {
  const groups = shuffled(groupsOf(all), seed);
  if (fold > folds)
    throw new InputError(`data.split.fold is ${fold} of ${folds} folds: count from 1`);
  if (folds > groups.length) {
    throw new InputError(
      `${folds} folds of ${groups.length} ${all.some((e) => e.group !== null) ? 'patients' : 'images'}: ask for fewer`,
    );
  }
  const dealt: ListedImage[][] = Array.from({ length: folds }, () => []);
  for (const group of groups) {
    const least = dealt.reduce((a, b) => (b.length < a.length ? b : a));
    least.push(...group);
  }
  const test = dealt[fold - 1]!;
  const rest = groups.filter(([first]) => !test.includes(first));
  const checked = draw(rest, { part: 'validation', ...wantedOf(validation, all.length) });
  return whole({ train: rest.flat(), validation: checked, test });
}

/** By id, so that the order says nothing about the files. */
function whole({ train, validation, test }: Division): Division {
  if (train.length === 0)
    throw new InputError('data.split leaves no image to train on: ask for less');
  const sorted = (entries: readonly ListedImage[]) =>
    entries.toSorted((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
  return apart({ train: sorted(train), validation: sorted(validation), test: sorted(test) });
}

/** The parts as they are, where no patient is in two of them. */
function apart(parts: Division): Division {
  const over = groupsOver(parts);
  if (over.length === 0) return parts;
  throw new InputError(
    ...over.map((group) => `images of patient ${group} are in two parts: keep them in one`),
  );
}
