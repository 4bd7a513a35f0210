import { flag, type JsonSchema, kind, object, share } from './builders.js';

const moments = {
  beta1: share('Decay of the running mean of the gradient.', 0.9),
  beta2: share('Decay of the running mean of the squared gradient.', 0.999),
  epsilon: {
    ...share('Added to the root of the running mean of the squared gradient.', 1e-8),
    exclusiveMinimum: 0,
  },
};
const squares = share('L2 penalty: this factor times the kernel is added to its gradient.', 0);

/** How a step updates the weights, by kind. */
export const optimiserKinds: Readonly<Record<string, JsonSchema>> = {
  adam: object('Adam (Kingma and Ba 2015).', {
    kind: kind('adam'),
    ...moments,
    weightDecay: squares,
  }),
  adamw: object(
    'Adam with weight decay decoupled from the gradient (Loshchilov and Hutter 2019).',
    {
      kind: kind('adamw'),
      ...moments,
      weightDecay: share(
        "This times the learning rate times each kernel's weights is subtracted from them.",
        0.01,
      ),
    },
  ),
  sgd: object('Stochastic gradient descent.', {
    kind: kind('sgd'),
    momentum: share('How much of the last update goes into the next.', 0.9),
    nesterov: flag("Whether the momentum is Nesterov's.", false),
    weightDecay: squares,
  }),
};
