import { choice, type JsonSchema, object } from './builders.js';

const positive = (description: string, value?: number): JsonSchema => ({
  type: 'number',
  exclusiveMinimum: 0,
  description,
  ...(value === undefined ? {} : { default: value }),
});
const pixels = (description: string): JsonSchema => ({
  type: 'integer',
  minimum: 1,
  maximum: 32_768,
  description,
});

/** By name, what belongs to a step. */
const steps: Readonly<Record<string, JsonSchema>> = {
  fov: choice(
    'Finds the field of view where the data has none: fundus, the bright disc of a fundus photograph.',
    ['fundus'],
  ),
  window: object(
    'Clips values, as Hounsfield units, and spreads the rest over 0 to 255.',
    {
      low: { type: 'number', description: 'What becomes 0.', examples: [-1000] },
      high: { type: 'number', description: 'What becomes 255.', examples: [400] },
    },
    ['low', 'high'],
  ),
  resize: {
    ...object(
      'The size that the network sees and that is scored; one number for a square.',
      {
        height: { ...pixels('In pixels.'), examples: [256] },
        width: { ...pixels('In pixels.'), examples: [256] },
      },
      ['height', 'width'],
    ),
    ...pixels('The size that the network sees and that is scored; one number for a square.'),
    type: ['integer', 'object'],
    title: 'a size from 1 to 32768, or {height, width}',
    examples: [256],
  },
  gray: {
    type: ['string', 'array'],
    pattern: '^(luminance|green)$',
    items: { type: 'number', description: 'Of red, green or blue.' },
    minItems: 3,
    maxItems: 3,
    description: 'One channel: the luminance, the green one, or weights of red, green and blue.',
    title: 'luminance, green or the three weights of red, green and blue',
    examples: ['luminance'],
  },
  clahe: object('Contrast-limited adaptive histogram equalisation (Zuiderveld 1994).', {
    clip: positive('How often more than evenly a value may occur in a tile.', 2),
    tiles: { ...pixels('Tiles along each axis.'), maximum: 256, default: 8 },
  }),
  gamma: positive('The exponent of values of 0 to 1: above 1 darker, below lighter.'),
  standardise: choice(
    'The last step: over what mean and deviation are taken, inside the field of view.',
    ['image', 'dataset', 'none'],
  ),
};

export const preprocess: JsonSchema = {
  type: 'array',
  description: 'What is done to an image before the network sees it, step by step.',
  items: {
    ...object('A step: its name and what belongs to it.', steps),
    minProperties: 1,
    maxProperties: 1,
    title: 'one step',
    examples: [{ gamma: 1.2 }],
  },
  default: [{ standardise: 'image' }],
  title: 'a list of steps',
};
