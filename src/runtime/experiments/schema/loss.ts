import { type LossKind, lossDefaults } from '../../../compiler/gradient/losses/options.js';
import { flag, type JsonSchema, kind, object, optional, share } from './builders.js';

const above0 = (description: string, value: number): JsonSchema => ({
  type: 'number',
  exclusiveMinimum: 0,
  description,
  default: value,
});
const from0 = (description: string, value: number): JsonSchema => ({
  type: 'number',
  minimum: 0,
  description,
  default: value,
});

const outputs = optional({
  type: 'object',
  description:
    "The outputs it is of, each with the factor of its loss in the sum; a list's name stands for each of its outputs. Where left out: evaluation.output, else the model's only one; of a list the mean.",
  minProperties: 1,
  additionalProperties: { type: 'number', exclusiveMinimum: 0 },
});
const classWeights = optional({
  type: 'array',
  description:
    'How much each class weighs: background and foreground of one channel, else one number a channel.',
  minItems: 2,
  items: { type: 'number', exclusiveMinimum: 0 },
});
const smooth = above0('Added above and below the fraction.', lossDefaults.smooth);
const background = flag(
  'After a softmax: whether the first class counts in the mean over the classes.',
  lossDefaults.background,
);

const loss = (
  name: LossKind,
  description: string,
  keys: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema => object(description, { kind: kind(name), outputs, classWeights, ...keys });

/** What training makes small, by kind. */
export const lossKinds: Readonly<Record<LossKind, JsonSchema>> = {
  bce: loss('bce', 'Mean binary cross-entropy, of a sigmoid.'),
  dice: loss('dice', 'Soft Dice over the batch.', { smooth, background }),
  'bce+dice': loss('bce+dice', 'The sum of the two.', { smooth, background }),
  focal: loss('focal', 'Cross-entropy that counts sure pixels less (Lin et al. 2017).', {
    gamma: from0('The power; 0 is the cross-entropy.', lossDefaults.gamma),
    alpha: {
      ...share(
        "Of one channel: the foreground's share, null for no balance. Several classes have classWeights.",
        lossDefaults.alpha.focal,
      ),
      nullable: true,
    },
  }),
  tversky: loss('tversky', 'Dice with errors of two prices (Salehi et al. 2017).', {
    alpha: from0('What a false positive costs.', lossDefaults.alpha.tversky),
    beta: from0('What a false negative costs.', lossDefaults.beta),
    smooth,
    background,
  }),
  'cross-entropy': loss('cross-entropy', 'Mean cross-entropy, of a softmax over the classes.'),
  'cross-entropy+dice': loss('cross-entropy+dice', 'The sum of the two.', { smooth, background }),
};
