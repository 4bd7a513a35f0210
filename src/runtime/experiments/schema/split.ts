import { type JsonSchema, kind, object, optional, text, whole } from './builders.js';

const amount = (description: string, value: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  description: `${description}; below 1 a share of all images, from 1 on a count.`,
  default: value,
});
const seed = whole('Another seed divides in another way.', 0, 1);
const ids = (whose: string): JsonSchema =>
  text(
    `A file with the ids of ${whose}, or the names of their files, one a line; from the working directory.`,
  );

/** How images are divided, by kind. Images of one patient stay together in all of them. */
export const splitKinds: Readonly<Record<string, JsonSchema>> = {
  given: object('As the dataset comes.', { kind: kind('given') }),
  external: object(
    'For scoring alone: the test images that the dataset keeps apart, else all; none to train on.',
    { kind: kind('external') },
  ),
  seed: object('By chance, the same for the same seed and ids.', {
    kind: kind('seed'),
    seed,
    train: { ...amount('Images to train on', 0), nullable: true, default: null },
    validation: amount('Images to validate on', 0.1),
    test: {
      ...amount('Images to score on, or given: those the dataset keeps apart', 0.2),
      type: ['number', 'string'],
      title: 'a number or given',
      pattern: '^given$',
    },
  }),
  list: object(
    'By lists of ids.',
    {
      kind: kind('list'),
      train: optional(ids('images to train on; the others where left out')),
      validation: optional(ids('images to validate on; none where left out')),
      test: ids('images to score on'),
    },
    ['kind', 'test'],
  ),
  folds: object(
    'Cross-validation: each image is tested on in one of the folds.',
    {
      kind: kind('folds'),
      folds: whole('How many.', 2, 5),
      fold: whole('Which is tested on, from 1.', 1, 1),
      validation: amount('Images to validate on, out of the other folds', 0),
      seed,
    },
    ['kind'],
  ),
};
