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

const root = text('Its folder, from the working directory.');
const split = optional(
  ofKind(
    'How its images are divided; where left out as it comes, else by seed 1 into 0.7, 0.1 and 0.2.',
    Object.keys(splitKinds),
  ),
);

const cache = optional({
  type: 'integer',
  minimum: 0,
  description:
    'Bytes that decoded images may take on disk; NETC_CACHE_LIMIT, else 2 GB, where left out.',
});

const colour = { title: 'a grey value or a colour as "#rrggbb"', pattern: '^#[0-9a-fA-F]{6}$' };

const ignore: JsonSchema = {
  ...colour,
  title: 'a grey value, a colour as "#rrggbb", or a list of these',
  description:
    'Values of pixels in the masks that nobody judged: no loss, no score, no patch there.',
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

/** Drawn images. */
const drawn = (
  name: string,
  description: string,
  size: number,
  properties: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema =>
  object(description, {
    kind: kind(name),
    train: whole('Images to train on.', 1, 12),
    validation: whole('Images to validate on.', 0, 0),
    test: whole('Images to score on.', 1, 4),
    size: whole('Height and width in pixels.', 32, size),
    seed: whole('Another seed draws other images.', 0, 1),
    ...properties,
  });

const labels: JsonSchema = {
  type: 'object',
  nullable: true,
  default: null,
  minProperties: 1,
  maxProperties: mostClasses,
  description:
    'The classes of a label map, each with its value or values; background is 0 or black.',
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
      ...files('Which files are images: a pattern with {id}, and perhaps {patient}.'),
      default: usual.images,
    },
    masks: {
      ...severalFiles(
        'Which files are masks; several an image by a * in the name, or by a list of patterns.',
      ),
      default: usual.masks,
    },
    fov: optional(
      files('Which are field-of-view masks; fov/{id}.* where there is a folder fov, else none.'),
    ),
    labels,
    patient: optional({
      ...text("A regular expression over an image's path; its first group is the patient."),
      title: 'a regular expression',
      format: 'regex',
    }),
  }),
  'synthetic-retina': drawn('synthetic-retina', 'Drawn retinas with their exact vessels.', 256),
  'synthetic-lesion': drawn('synthetic-lesion', 'Drawn skin with its exact lesion.', 128),
  'synthetic-lung': drawn(
    'synthetic-lung',
    'Drawn slices of a chest in Hounsfield units with their exact lungs.',
    128,
    { classes: choice('One class, or the right and the left lung.', [1, 2], 1) },
  ),
};
