import { choice, type JsonSchema, kind, object, share, whole } from './builders.js';

const warmup = whole('Over how many steps the learning rate rises to its peak.', 0, 0);
const factor = { ...share('What the learning rate is multiplied by.', 0.1), exclusiveMinimum: 0 };

/** How the learning rate goes, by kind. */
export const scheduleKinds: Readonly<Record<string, JsonSchema>> = {
  constant: object('The learning rate stays as it is.', { kind: kind('constant'), warmup }),
  cosine: object('The learning rate falls along half a cosine.', {
    kind: kind('cosine'),
    warmup,
    floor: share('The learning rate of the last step, as a fraction of the peak.', 0),
  }),
  step: object(
    'The learning rate is multiplied by a factor at given points.',
    {
      kind: kind('step'),
      warmup,
      at: {
        type: 'array',
        items: { type: 'number', exclusiveMinimum: 0 },
        minItems: 1,
        examples: [[30, 60]],
        description: 'After which epochs, or steps.',
      },
      unit: choice('What `at` counts.', ['epochs', 'steps'], 'epochs'),
      factor,
    },
    ['at'],
  ),
  plateau: object('The learning rate is multiplied by a factor when validation stops improving.', {
    kind: kind('plateau'),
    warmup,
    factor,
    patience: whole('After how many validations in a row without an improvement.', 1, 3),
    floor: share('The lowest learning rate, as a fraction of the peak.', 0),
  }),
};
