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
    'The outputs that have a loss, each with its factor in the sum; the name of a list stands for each of its outputs. Left out, the output that is scored, or the mean over its list.',
  minProperties: 1,
  additionalProperties: { type: 'number', exclusiveMinimum: 0 },
});
const classWeights = optional({
  type: 'array',
  description:
    'The weight of each class: of background and foreground for one channel, else one number a channel. Left out, all weigh the same.',
  minItems: 2,
  items: { type: 'number', exclusiveMinimum: 0 },
});
const smooth = above0('Added to the numerator and the denominator.', lossDefaults.smooth);
const background = flag(
  'After a softmax: whether the first class, the background, counts in the mean over classes.',
  lossDefaults.background,
);

const loss = (
  name: LossKind,
  description: string,
  keys: Readonly<Record<string, JsonSchema>> = {},
): JsonSchema => object(description, { kind: kind(name), outputs, classWeights, ...keys });

/** The losses that training minimises, by kind. */
export const lossKinds: Readonly<Record<LossKind, JsonSchema>> = {
  bce: loss('bce', 'Mean binary cross-entropy; the output ends in sigmoid.'),
  dice: loss('dice', 'Soft Dice over the batch.', { smooth, background }),
  'bce+dice': loss('bce+dice', 'The sum of bce and dice.', { smooth, background }),
  focal: loss('focal', 'Cross-entropy in which easy pixels count less (Lin et al. 2017).', {
    gamma: from0(
      'How strongly easy pixels are discounted; 0 is plain cross-entropy.',
      lossDefaults.gamma,
    ),
    alpha: {
      ...share(
        'For one channel: the weight of the foreground, 1 - alpha that of the background; null weighs neither. For several classes use classWeights.',
        lossDefaults.alpha.focal,
      ),
      nullable: true,
    },
  }),
  tversky: loss(
    'tversky',
    'Dice with separate costs for false positives and false negatives (Salehi et al. 2017).',
    {
      alpha: from0('What a false positive costs.', lossDefaults.alpha.tversky),
      beta: from0('What a false negative costs.', lossDefaults.beta),
      smooth,
      background,
    },
  ),
  'cross-entropy': loss(
    'cross-entropy',
    'Mean cross-entropy; the output ends in softmax over the classes.',
  ),
  'cross-entropy+dice': loss('cross-entropy+dice', 'The sum of cross-entropy and dice.', {
    smooth,
    background,
  }),
};
