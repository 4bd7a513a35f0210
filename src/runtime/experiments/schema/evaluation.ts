import { emptyRules } from '../../metrics/metrics.js';
import { blends } from '../../prediction/blend.js';
import { postprocessSteps } from '../../prediction/postprocess/postprocess.js';
import { choice, flag, optional, section, text, whole } from './builders.js';

export const evaluation = section('How it is scored.', {
  output: optional(
    text(
      "Which output; where left out the first that the loss names, else the model's first, and of a list the last.",
    ),
  ),
  window: optional(whole('Least height and width of a tile; the patch size where left out.', 1)),
  stride: optional(whole('How far tiles lie apart; half a tile where left out.', 1)),
  batch: whole('Tiles a call.', 1, 8),
  blend: choice(
    'What tiles count where they overlap: gaussian, less towards their edges; uniform, all alike.',
    blends,
    'gaussian',
  ),
  flips: flag('Average the predictions of an image and its three mirror images.', false),
  threshold: {
    type: ['number', 'string'],
    minimum: 0,
    maximum: 1,
    pattern: '^validation$',
    title: 'a number from 0 to 1, or validation',
    description:
      'Probabilities of at least this are foreground; validation: the one with the greatest F1 on the validation images.',
    default: 0.5,
  },
  empty: choice(
    'Measures with nothing to divide by, as Dice of an empty ground truth and an empty prediction: skip, they are left out; one, they count as 1, as in challenges.',
    emptyRules,
    'skip',
  ),
  postprocess: {
    type: 'array',
    description:
      'What is done to the predicted mask, one after the other: of each class the largest region alone, holes filled.',
    items: choice('One step.', postprocessSteps),
    default: [],
    title: `a list of ${postprocessSteps.join(' and ')}`,
    examples: [['keep-largest']],
  },
  baselines: flag('Score the untrained network and the green channel beside.', false),
});
