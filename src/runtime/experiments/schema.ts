import { engineKinds } from './experiment.js';

/**
 * The JSON schema of an experiment, for ajv and for editors. A section that comes in kinds has one
 * schema a kind in `kinds`: each is checked by itself, so that a mistake names a key and not "one
 * of three schemas".
 */

type JsonSchema = Readonly<Record<string, unknown>>;

const object = (
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
  required: readonly string[] = [],
): JsonSchema => ({
  type: 'object',
  description,
  properties,
  required,
  additionalProperties: false,
});

/** A section that may be left out: then each of its keys has its default. */
const section = (
  description: string,
  properties: Readonly<Record<string, JsonSchema>>,
): JsonSchema => ({ ...object(description, properties), default: {} });

const text = (description: string): JsonSchema => ({ type: 'string', minLength: 1, description });
const flag = (description: string, value: boolean): JsonSchema => ({
  type: 'boolean',
  description,
  default: value,
});
const choice = (description: string, values: readonly string[], value?: string): JsonSchema => ({
  enum: values,
  description,
  ...(value === undefined ? {} : { default: value }),
});
const whole = (description: string, minimum: number, value?: number): JsonSchema => ({
  type: 'integer',
  minimum,
  maximum: 2 ** 31 - 1,
  description,
  ...(value === undefined ? {} : { default: value }),
});
const share = (description: string, value: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  maximum: 1,
  description,
  default: value,
});
const optional = (schema: JsonSchema): JsonSchema => ({ ...schema, nullable: true, default: null });

const kind = (value: string): JsonSchema => ({ const: value });
const ofKind = (description: string, values: readonly string[], value?: string): JsonSchema => ({
  type: 'object',
  description,
  properties: { kind: choice('Which one; the other keys follow from it.', values) },
  required: ['kind'],
  ...(value === undefined ? {} : { default: { kind: value } }),
});

const warmup = whole('Steps over which the rate rises to its peak.', 0, 0);

/** By section, then by kind. */
export const kinds: Readonly<Record<string, Readonly<Record<string, JsonSchema>>>> = {
  data: {
    drive: object(
      'DRIVE as it is distributed: {training,test}/{images,1st_manual,mask}.',
      { kind: kind('drive'), root: text('Its folder, from the working directory.') },
      ['kind', 'root'],
    ),
    'synthetic-retina': object('Drawn retinas with their exact vessels.', {
      kind: kind('synthetic-retina'),
      train: whole('Images to train on.', 1, 12),
      test: whole('Images to score on.', 1, 4),
      size: whole('Height and width in pixels.', 32, 256),
      seed: whole('Another seed draws other retinas.', 0, 1),
    }),
  },
  optimiser: {
    adam: object('Adam (Kingma and Ba 2015).', {
      kind: kind('adam'),
      beta1: share('Decay of the first moment.', 0.9),
      beta2: share('Decay of the second moment.', 0.999),
      epsilon: { ...share('Added to the root of the second moment.', 1e-8), exclusiveMinimum: 0 },
    }),
    sgd: object('Stochastic gradient descent.', {
      kind: kind('sgd'),
      momentum: share('How much of the last step goes into the next.', 0.9),
    }),
  },
  schedule: {
    constant: object('The learning rate stays.', { kind: kind('constant'), warmup }),
    cosine: object('The learning rate falls along half a cosine.', {
      kind: kind('cosine'),
      warmup,
      floor: share('The last rate, as a share of the peak.', 0),
    }),
  },
};

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
      data: ofKind('Where the images come from.', Object.keys(kinds.data ?? {})),
      preprocess: section('What is done to an image before the network sees it.', {
        channels: choice('All colours, green, or luminance.', ['rgb', 'green', 'gray'], 'rgb'),
        standardise: choice(
          'Over what mean and deviation are taken, inside the field of view.',
          ['image', 'dataset', 'none'],
          'image',
        ),
      }),
      augment: section('What is done to a training patch at random.', {
        flips: flag('Mirror it.', true),
        quarterTurns: flag('Turn it by a multiple of 90 degrees.', true),
      }),
      loss: choice('What training makes small: bce, mean binary cross-entropy.', ['bce'], 'bce'),
      optimiser: ofKind(
        'How weights follow gradients.',
        Object.keys(kinds.optimiser ?? {}),
        'adam',
      ),
      learningRate: {
        type: 'number',
        exclusiveMinimum: 0,
        description: 'At its peak.',
        default: 1e-3,
      },
      schedule: ofKind('How it goes over the run.', Object.keys(kinds.schedule ?? {}), 'constant'),
      steps: optional(whole('Training steps; this or epochs.', 1)),
      epochs: optional({ type: 'number', exclusiveMinimum: 0, description: 'This or steps.' }),
      patchesPerEpoch: whole('Patches that make an epoch.', 1, 10_000),
      batch: whole('Patches a step.', 1, 8),
      patch: whole('Height and width of a training patch.', 1, 64),
      seed: whole('Of initial weights, patches, augmentation and dropout.', 0, 1),
      engine: section('What computes.', {
        kind: choice(
          'auto: TensorFlow where `netc setup` has set it up, else portable.',
          engineKinds,
          'auto',
        ),
        gpu: choice(
          'Whether a GPU computes, with TensorFlow.',
          ['auto', 'require', 'never'],
          'auto',
        ),
        threads: optional(whole("TensorFlow's threads of one operation; all where left out.", 1)),
      }),
      moments: section("Batch norm's moments, estimated again after training.", {
        batches: whole('Over how many batches; 0 leaves them.', 0, 0),
      }),
      checkpoint: section('When the state is saved before the end.', {
        every: whole('Steps between two checkpoints.', 1, 500),
      }),
      evaluation: section('How it is scored.', {
        window: optional(
          whole('Least height and width of a tile; the patch size where left out.', 1),
        ),
        stride: optional(whole('How far tiles lie apart; half a tile where left out.', 1)),
        batch: whole('Tiles a call.', 1, 8),
        threshold: share('Probabilities of at least this are foreground.', 0.5),
        baselines: flag('Score the untrained network and the green channel beside.', false),
      }),
      output: text("The run's folder, from the working directory."),
    },
    ['model', 'data', 'output'],
  ),
};

/** What may stand at the top of an experiment. */
export const keys: readonly string[] = Object.keys(schema.properties as object);
