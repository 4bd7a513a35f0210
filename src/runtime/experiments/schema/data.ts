import { mostClasses, usual } from '../options/data.js';
import {
  choice,
  type JsonSchema,
  kind,
  object,
  ofKind,
  optional,
  text,
  whole,
} from './builders.js';
import { splitKinds } from './split.js';

const root = text('The folder of the dataset, relative to the working directory.');
const split = optional(
  ofKind(
    "How images are divided into training, validation and test; left out, the dataset's own split, or 0.7, 0.1 and 0.2 by seed 1 where it has none.",
    Object.keys(splitKinds),
  ),
);

const cache = optional({
  type: 'integer',
  minimum: 0,
  description:
    'How many bytes the disk cache of decoded images may take; left out, NETC_CACHE_LIMIT, or 2 GB.',
});

const colour = { title: 'a grey value or a colour as "#rrggbb"', pattern: '^#[0-9a-fA-F]{6}$' };

const ignore: JsonSchema = {
  ...colour,
  title: 'a grey value, a colour as "#rrggbb", or a list of these',
  description:
    'Mask values of pixels that were not annotated: they count in no loss and no score, and no patch is centred on them.',
  type: ['integer', 'string', 'array', 'null'],
  items: { ...colour, type: ['integer', 'string'] },
  minItems: 1,
  default: null,
};

/** A dataset on disk. */
const stored = (
  name: string,
  description: string,
  properties: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema =>
  object(description, { kind: kind(name), root, ...properties, ignore, split, cache }, [
    'kind',
    'root',
  ]);

/** Synthetic images. */
const synthetic = (
  name: string,
  description: string,
  size: number,
  properties: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema =>
  object(description, {
    kind: kind(name),
    train: whole('How many images to train on.', 1, 12),
    validation: whole('How many images to validate on.', 0, 0),
    test: whole('How many images to test on.', 1, 4),
    size: whole('Height and width in pixels.', 32, size),
    seed: whole('A different seed makes different images.', 0, 1),
    ...properties,
  });

const labels: JsonSchema = {
  type: 'object',
  nullable: true,
  default: null,
  minProperties: 1,
  maxProperties: mostClasses,
  description:
    'The classes of a label map, each with its value or values in the masks; background is 0 or black. Left out, there is one class.',
  additionalProperties: {
    ...colour,
    description: 'A grey value, a colour as "#rrggbb", or a list of these.',
    type: ['integer', 'string', 'array'],
    items: { ...colour, type: ['integer', 'string'] },
    minItems: 1,
  },
};

const pattern = { title: 'a pattern of paths with {id}', pattern: '\\{id\\}' };
const files = (description: string): JsonSchema => ({ ...text(description), ...pattern });
/** One or several, whose union is meant. */
const severalFiles = (description: string): JsonSchema => ({
  ...pattern,
  description,
  type: ['string', 'array'],
  items: { ...pattern, type: 'string' },
  minItems: 1,
});

/** Where images come from, by kind. */
export const dataKinds: Readonly<Record<string, JsonSchema>> = {
  drive: stored('drive', 'DRIVE as it is distributed: {training,test}/{images,1st_manual,mask}.'),
  isic: stored('isic', 'ISIC 2016, 2017 or 2018 in its official folders, or in images and masks.'),
  lung: stored('lung', 'Slices of lung CT in Hounsfield units, in images and masks.'),
  hrf: stored('hrf', 'HRF as it is distributed: images, manual1 and mask.'),
  stare: stored('stare', 'STARE as it is distributed: im0001.ppm and im0001.ah.ppm.'),
  chase: stored('chase', 'CHASE_DB1 as it is distributed: Image_01L.jpg and Image_01L_1stHO.png.'),
  folder: stored('folder', 'Any folder of images and masks.', {
    images: {
      ...files('Which files are images: a pattern with {id} and, where wanted, {patient}.'),
      default: usual.images,
    },
    masks: {
      ...severalFiles(
        'Which files are masks. A * in the name, or a list of patterns, takes several masks an image, whose union counts.',
      ),
      default: usual.masks,
    },
    fov: optional(
      files(
        'Which files are field-of-view masks; left out, fov/{id}.* where there is a folder fov.',
      ),
    ),
    labels,
    patient: optional({
      ...text(
        "A regular expression for an image's path whose first group is the patient; left out, the {patient} of a pattern, else each file is a patient.",
      ),
      title: 'a regular expression',
      format: 'regex',
    }),
  }),
  'synthetic-retina': synthetic(
    'synthetic-retina',
    'Synthetic retinas with exact masks of their vessels.',
    256,
  ),
  'synthetic-lesion': synthetic(
    'synthetic-lesion',
    'Synthetic skin with an exact mask of its lesion.',
    128,
  ),
  'synthetic-lung': synthetic(
    'synthetic-lung',
    'Synthetic chest slices in Hounsfield units with exact masks of the lungs.',
    128,
    {
      classes: choice(
        '1 for both lungs as one class, 2 for the right and the left lung.',
        [1, 2],
        1,
      ),
    },
  ),
};
