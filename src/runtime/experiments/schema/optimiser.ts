import { type JsonSchema, kind, object, share } from './builders.js';

/** How weights follow gradients, by kind. */
export const optimiserKinds: Readonly<Record<string, JsonSchema>> = {
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
};
