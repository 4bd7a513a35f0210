import { stepMemories } from '../../../compiler/passes/recompute/memories.js';
import { precisions } from '../options/precision.js';
import { nanPolicies } from '../options/training.js';
import { augment } from './augment.js';
import {
  choice,
  type JsonSchema,
  object,
  ofKind,
  optional,
  section,
  text,
  whole,
} from './builders.js';
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
 * schema a kind in `kinds`: each is checked by itself, so that an error names a key and not "one
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
    'What is trained, on which images, how, and how it is scored.',
    {
      model: object(
        'The network.',
        {
          path: text('Its .net file, relative to the folder of this experiment.'),
          name: optional(text('Which model of the file; may be left out where there is only one.')),
        },
        ['path'],
      ),
      parameters: {
        type: 'object',
        description:
          "Values for the model's parameters, as .net expressions; the others keep their defaults.",
        additionalProperties: { type: ['string', 'number', 'boolean'] },
        default: {},
      },
      weights,
      freeze,
      data: ofKind('Where the images come from.', Object.keys(dataKinds)),
      preprocess,
      augment,
      loss: ofKind(
        'The loss that training minimises; its kind by itself is enough (`loss: dice`).',
        lossNames,
        'bce',
      ),
      optimiser: ofKind('How a step updates the weights.', Object.keys(optimiserKinds), 'adam'),
      clip: optional({
        type: 'number',
        exclusiveMinimum: 0,
        description:
          'The largest norm of all gradients taken as one vector; longer ones are scaled down to it. Left out, nothing is clipped.',
      }),
      accumulate: whole('How many batches are averaged into the gradient of one step.', 1, 1),
      memory: choice(
        'What a step keeps for its backward pass: `high` all that this reads; `normal` makes again what costs little more than reading it; `low` computes convolutions again too, for about a quarter more time.',
        stepMemories,
        'normal',
      ),
      ema: optional({
        type: 'number',
        exclusiveMinimum: 0,
        exclusiveMaximum: 1,
        description:
          'Decay of a moving average of the weights; the averaged weights are scored and exported. Left out, there is no average.',
      }),
      precision: choice(
        'What training computes in. mixed is float32 but for the convolutions and their gradients, which are in bfloat16; the loss is scaled. For GPUs, and CPUs with instructions for bfloat16.',
        precisions,
        'float32',
      ),
      onNan: choice(
        'What a step does whose loss or gradients are NaN or infinite: `stop` ends training and says where it began; `skip` leaves the network as it was and goes on.',
        nanPolicies,
        'stop',
      ),
      learningRate: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'The learning rate, at its peak.',
        default: 1e-3,
      },
      schedule: ofKind(
        'How the learning rate changes over the run.',
        Object.keys(scheduleKinds),
        'constant',
      ),
      steps: optional(
        whole(
          'How many steps to train; give this or epochs. 0 trains nothing and keeps the weights as they are, to be scored.',
          0,
        ),
      ),
      epochs: optional({
        type: 'number',
        exclusiveMinimum: 0,
        description: 'How many epochs to train; give this or steps.',
      }),
      patchesPerEpoch: whole('How many patches make an epoch.', 1, 10_000),
      batch: whole('Patches in a batch.', 1, 8),
      patch: whole('Height and width of a training patch.', 1, 64),
      seed: whole('The seed of initial weights, patches, augmentation and dropout.', 0, 1),
      engine,
      moments: section("Batch norm's running statistics, estimated again after training.", {
        batches: whole('Over how many batches; 0 keeps those of training.', 0, 0),
      }),
      checkpoint: section('How often the state is saved while training.', {
        every: whole('Steps between two checkpoints.', 1, 500),
        minutes: {
          type: 'number',
          exclusiveMinimum: 0,
          description:
            'After so many minutes without a checkpoint there is one after the next step.',
          default: 10,
        },
      }),
      validation,
      logs,
      evaluation,
      output: text("The run's folder, relative to the working directory."),
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
