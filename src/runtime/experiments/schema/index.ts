import { augment } from './augment.js';
import { type JsonSchema, object, ofKind, optional, section, text, whole } from './builders.js';
import { dataKinds } from './data.js';
import { engine } from './engine.js';
import { evaluation } from './evaluation.js';
import { lossKinds } from './loss.js';
import { optimiserKinds } from './optimiser.js';
import { preprocess } from './preprocess.js';
import { scheduleKinds } from './schedule.js';
import { splitKinds } from './split.js';
import { logs, validation } from './training.js';
import { freeze, weights } from './weights.js';

/**
 * The JSON schema of an experiment, for ajv and for editors. A section that comes in kinds has one
 * schema a kind in `kinds`: each is checked by itself, so that a mistake names a key and not "one
 * of three schemas".
 */

/** By section, one inside another as `data.split` after it, then by kind. */
export const kinds: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  data: dataKinds,
  'data.split': splitKinds,
  loss: lossKinds,
  optimiser: optimiserKinds,
  schedule: scheduleKinds,
};

const lossNames = Object.keys(lossKinds);

export const schema: JsonSchema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'netc experiment',
  ...object(
    'What is trained, on what, how, and how it is scored.',
    {
      model: object(
        'The network.',
        {
          path: text('Its .net file, from the folder of this file.'),
          name: optional(text('Which model of the file; its only one where left out.')),
        },
        ['path'],
      ),
      parameters: {
        type: 'object',
        description: "The model's parameters in place of its own, as .net expressions.",
        additionalProperties: { type: ['string', 'number', 'boolean'] },
        default: {},
      },
      weights,
      freeze,
      data: ofKind('Where the images come from.', Object.keys(dataKinds)),
      preprocess,
      augment,
      loss: ofKind('What training makes small; a kind by itself is enough.', lossNames, 'bce'),
      optimiser: ofKind('How weights follow gradients.', Object.keys(optimiserKinds), 'adam'),
      clip: optional({
        type: 'number',
        exclusiveMinimum: 0,
        description: 'The greatest norm of all gradients together; what is longer is scaled down.',
      }),
      accumulate: whole('Batches whose gradients are averaged for one step.', 1, 1),
      ema: optional({
        type: 'number',
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        description: 'Decay of a moving average of the weights, which is what is scored.',
      }),
      learningRate: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'At its peak.',
        default: 1e-3,
      },
      schedule: ofKind('How it goes over the run.', Object.keys(scheduleKinds), 'constant'),
      steps: optional(
        whole('Training steps; this or epochs. 0 keeps the weights as they are, to be scored.', 0),
      ),
      epochs: optional({ type: 'number', exclusiveMinimum: 0, description: 'This or steps.' }),
      patchesPerEpoch: whole('Patches that make an epoch.', 1, 10_000),
      batch: whole('Patches a step.', 1, 8),
      patch: whole('Height and width of a training patch.', 1, 64),
      seed: whole('Of initial weights, patches, augmentation and dropout.', 0, 1),
      engine,
      moments: section("Batch norm's moments, estimated again after training.", {
        batches: whole('Over how many batches; 0 leaves them.', 0, 0),
      }),
      checkpoint: section('When the state is saved before the end.', {
        every: whole('Steps between two checkpoints.', 1, 500),
      }),
      validation,
      logs,
      evaluation,
      output: text("The run's folder, from the working directory."),
    },
    ['model', 'data', 'output'],
  ),
};

type Properties = Readonly<Record<string, JsonSchema>>;

/** What may stand at the top of an experiment. */
export const keys: readonly string[] = Object.keys(schema.properties as Properties);

/** What a section is where an experiment leaves it out: `{kind: adam}`; no keys where it must be given. */
export function defaultSection(key: string): object {
  const properties = schema.properties as Properties;
  const { default: value } = Object.hasOwn(properties, key) ? properties[key]! : {};
  return typeof value === 'object' && value !== null ? structuredClone(value) : {};
}

/** Where a key stands in sections, whatever their kind: `threads` in `engine`. Which model it is, is said in full. */
export function pathsOfKey(key: string): readonly (readonly string[])[] {
  const own = Object.entries(schema.properties as Properties).flatMap(
    ([section, { properties }]) => (section === 'model' ? [] : [[section, properties] as const]),
  );
  const byKind = Object.entries(kinds).flatMap(([section, schemas]) =>
    Object.values(schemas).map(({ properties }) => [section, properties] as const),
  );
  const sections = [...own, ...byKind].flatMap(([section, properties]) =>
    key !== 'kind' && Object.hasOwn((properties ?? {}) as Properties, key) ? [section] : [],
  );
  return [...new Set(sections)].map((section) => [...section.split('.'), key]);
}
