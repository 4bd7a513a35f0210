import { type JsonSchema, kind, object, optional, text, whole } from './builders.js';

const cache = optional({
  type: 'integer',
  minimum: 0,
  description:
    'Bytes that decoded images may take on disk; NETC_CACHE_LIMIT, else 2 GB, where left out.',
});

/** Where images come from, by kind. */
export const dataKinds: Readonly<Record<string, JsonSchema>> = {
  drive: object(
    'DRIVE as it is distributed: {training,test}/{images,1st_manual,mask}.',
    { kind: kind('drive'), root: text('Its folder, from the working directory.'), cache },
    ['kind', 'root'],
  ),
  'synthetic-retina': object('Drawn retinas with their exact vessels.', {
    kind: kind('synthetic-retina'),
    train: whole('Images to train on.', 1, 12),
    test: whole('Images to score on.', 1, 4),
    size: whole('Height and width in pixels.', 32, 256),
    seed: whole('Another seed draws other retinas.', 0, 1),
  }),
};
