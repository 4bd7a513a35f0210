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
    'Finds the field of view where the dataset has none; fundus finds the bright disc of a fundus photograph.',
    ['fundus'],
  ),
  window: object(
    'Clips values, such as Hounsfield units, to a range and spreads it over 0 to 255.',
    {
      low: { type: 'number', description: 'The value that becomes 0.', examples: [-1000] },
      high: { type: 'number', description: 'The value that becomes 255.', examples: [400] },
    },
    ['low', 'high'],
  ),
  resize: {
    ...object(
      'Resizes images to the size that the network sees and that is scored; one number means a square.',
      {
        height: { ...pixels('In pixels.'), examples: [256] },
        width: { ...pixels('In pixels.'), examples: [256] },
      },
      ['height', 'width'],
    ),
    ...pixels(
      'Resizes images to the size that the network sees and that is scored; one number means a square.',
    ),
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
    description:
      'Reduces colours to one channel: the luminance, the green channel, or a sum with the given weights.',
    title: 'luminance, green or the three weights of red, green and blue',
    examples: ['luminance'],
  },
  clahe: object('Contrast-limited adaptive histogram equalisation (Zuiderveld 1994).', {
    clip: positive(
      'The clip limit, as a multiple of the mean count of a bin in the histogram of a tile.',
      2,
    ),
    tiles: { ...pixels('How many tiles along each axis.'), maximum: 256, default: 8 },
  }),
  gamma: positive('Raises values of 0 to 1 to this power: above 1 is darker, below 1 lighter.'),
  standardise: choice(
    'Subtracts a mean and divides by a standard deviation, both taken inside the field of view of the image or of the training images; always the last step.',
    ['image', 'dataset', 'none'],
  ),
};

export const preprocess: JsonSchema = {
  type: 'array',
  description: 'A list of steps, done to each image in order before the network sees it.',
  items: {
    ...object('A step: its name and its settings.', steps),
    minProperties: 1,
    maxProperties: 1,
    title: 'one step',
    examples: [{ gamma: 1.2 }],
  },
  default: [{ standardise: 'image' }],
  title: 'a list of steps',
};
