import {
  choice,
  type JsonSchema,
  object,
  optional,
  text,
  whole,
} from '../experiments/schema/builders.js';
import { schema as experiment } from '../experiments/schema/index.js';
import { comparedMetrics } from '../metrics/measures.js';
import { paperTables } from './paper-tables.js';
import { resourcesSchema } from './resources.js';

/** What the ablation itself decides for each run. */
const decided: ReadonlySet<string> = new Set(['seed', 'output']);

/** Keys of the experiment that a variant may give; their values are checked in the experiment. */
const changed: Readonly<Record<string, JsonSchema>> = Object.fromEntries(
  Object.entries(experiment.properties as Readonly<Record<string, JsonSchema>>)
    .filter(([key]) => !decided.has(key))
    .map(([key, { description }]) => [key, { description }]),
);

const variant = object(
  'One row of the table.',
  {
    name: text('What the table calls it.'),
    set: {
      type: 'object',
      description:
        "As --set: the model's parameter of that name, else a key of the experiment (steps: 240, optimiser.kind: sgd).",
      default: {},
    },
    ...changed,
  },
  ['name'],
);

const list = (description: string, items: JsonSchema): JsonSchema => ({
  type: 'array',
  minItems: 1,
  title: 'a list of one or more',
  description,
  items,
});

/** The schema of an ablation's file. */
export const ablationSchema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'netc ablation',
  ...object(
    'Variants of an experiment, each trained from several seeds and folds.',
    {
      experiment: text('What all variants share: an experiment, from the folder of this file.'),
      variants: list('The first is what the others are tested against.', variant),
      seeds: {
        ...list('A run a variant for each.', whole('A seed.', 0)),
        uniqueItems: true,
        nullable: true,
        default: null,
      },
      folds: optional(whole('Cross-validation: a run a variant and seed for each fold.', 2)),
      metric: choice(
        'What variants are compared by: the test and the pictures.',
        comparedMetrics,
        'f1',
      ),
      paper: choice(
        'Whose table of the R2AU-Net paper stands beside, by the names of variants.',
        Object.keys(paperTables),
      ),
      resources: resourcesSchema,
      output: optional(
        text('Where runs and report go; runs/ablations/<name of this file> where left out.'),
      ),
    },
    ['experiment', 'variants'],
  ),
};
