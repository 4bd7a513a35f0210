import { choice, type JsonSchema, kind, object, share, whole } from './builders.js';

const warmup = whole('Steps over which the rate rises to its peak.', 0, 0);
const factor = { ...share('What the rate is multiplied by.', 0.1), exclusiveMinimum: 0 };

/** How the learning rate goes, by kind. */
export const scheduleKinds: Readonly<Record<string, JsonSchema>> = {
  constant: object('The learning rate stays.', { kind: kind('constant'), warmup }),
  cosine: object('The learning rate falls along half a cosine.', {
    kind: kind('cosine'),
    warmup,
    floor: share('The last rate, as a share of the peak.', 0),
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
        description: 'After how many epochs, or steps, each time.',
      },
      unit: choice('What `at` counts.', ['epochs', 'steps'], 'epochs'),
      factor,
    },
    ['at'],
  ),
  plateau: object('The learning rate falls when validation no longer gets better.', {
    kind: kind('plateau'),
    warmup,
    factor,
    patience: whole('How many validations in a row without a better one make it fall.', 1, 3),
    floor: share('The least rate, as a share of the peak.', 0),
  }),
};
