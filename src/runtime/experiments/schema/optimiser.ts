import { flag, type JsonSchema, kind, object, share } from './builders.js';

const moments = {
  beta1: share('Decay of the first moment.', 0.9),
  beta2: share('Decay of the second moment.', 0.999),
  epsilon: { ...share('Added to the root of the second moment.', 1e-8), exclusiveMinimum: 0 },
};
const squares = share("Times each kernel's weights, added to their gradient.", 0);

/** How weights follow gradients, by kind. */
export const optimiserKinds: Readonly<Record<string, JsonSchema>> = {
  adam: object('Adam (Kingma and Ba 2015).', {
    kind: kind('adam'),
    ...moments,
    weightDecay: squares,
  }),
  adamw: object('Adam with decay apart from the gradient (Loshchilov and Hutter 2019).', {
    kind: kind('adamw'),
    ...moments,
    weightDecay: share("Share of each kernel's weights, times the learning rate, taken off.", 0.01),
  }),
  sgd: object('Stochastic gradient descent.', {
    kind: kind('sgd'),
    momentum: share('How much of the last step goes into the next.', 0.9),
    nesterov: flag('Whether the gradient is followed a step ahead.', false),
    weightDecay: squares,
  }),
};
