import { type JsonSchema, kind, object, optional, text, whole } from './builders.js';

const amount = (description: string, value: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  description: `${description}; below 1 a fraction of all images, from 1 on a count.`,
  default: value,
});
const seed = whole('A different seed divides the images differently.', 0, 1);
const ids = (whose: string): JsonSchema =>
  text(
    `A file that lists ${whose}, by id or by file name, one a line; relative to the working directory.`,
  );

/** How images are divided, by kind. Images of one patient stay together in all of them. */
export const splitKinds: Readonly<Record<string, JsonSchema>> = {
  given: object("The dataset's own split.", { kind: kind('given') }),
  external: object(
    'For scoring only: the test images where the dataset has a test split, else all; none to train on.',
    { kind: kind('external') },
  ),
  seed: object('At random, always the same for the same seed and ids.', {
    kind: kind('seed'),
    seed,
    train: { ...amount('How many images to train on', 0), nullable: true, default: null },
    validation: amount('How many images to validate on', 0.1),
    test: {
      ...amount("How many images to test on, or given for the dataset's own test images", 0.2),
      type: ['number', 'string'],
      title: 'a number or given',
      pattern: '^given$',
    },
  }),
  list: object(
    'By lists of ids.',
    {
      kind: kind('list'),
      train: optional(ids('the images to train on (left out: those on no other list)')),
      validation: optional(ids('the images to validate on (left out: none)')),
      test: ids('the images to test on'),
    },
    ['kind', 'test'],
  ),
  folds: object(
    'Cross-validation: each image is a test image in one of the folds.',
    {
      kind: kind('folds'),
      folds: whole('How many folds.', 2, 5),
      fold: whole('Which fold is the test fold, from 1.', 1, 1),
      validation: amount('How many images to validate on, out of the other folds', 0),
      seed,
    },
    ['kind'],
  ),
};
