import { type JsonSchema, kind, object, share, whole } from './builders.js';

const warmup = whole('Steps over which the rate rises to its peak.', 0, 0);

/** How the learning rate goes, by kind. */
export const scheduleKinds: Readonly<Record<string, JsonSchema>> = {
  constant: object('The learning rate stays.', { kind: kind('constant'), warmup }),
  cosine: object('The learning rate falls along half a cosine.', {
    kind: kind('cosine'),
    warmup,
    floor: share('The last rate, as a share of the peak.', 0),
  }),
};
