import { blends, emptyRules, postprocessSteps } from '../options/evaluation.js';
import { choice, flag, optional, section, text, whole } from './builders.js';

export const evaluation = section('How the network is scored.', {
  output: optional(
    text(
      "The output that is scored; left out, the first that the loss names, else the model's first; the last of a list.",
    ),
  ),
  window: optional(
    whole('The smallest height and width of a tile; left out, the size of a patch.', 1),
  ),
  stride: optional(whole('The distance between tiles, in pixels; left out, half a tile.', 1)),
  batch: whole('How many tiles the engine takes in one call.', 1, 8),
  blend: choice(
    'How overlapping tiles are weighted: gaussian counts a tile less towards its edges, uniform counts all alike.',
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
      'Probabilities of at least this are foreground; validation takes the threshold with the highest F1 on the validation images.',
    default: 0.5,
  },
  empty: choice(
    'Metrics that would divide by zero, such as Dice of an empty ground truth and an empty prediction: skip leaves them out, one counts them as 1, as challenges do.',
    emptyRules,
    'skip',
  ),
  postprocess: {
    type: 'array',
    description:
      'Steps on the predicted mask, in order: keep-largest keeps the largest region of each class, fill-holes fills its holes.',
    items: choice('One step.', postprocessSteps),
    default: [],
    title: `a list of ${postprocessSteps.join(' and ')}`,
    examples: [['keep-largest']],
  },
  baselines: flag('Also score the untrained network and the green channel, for comparison.', false),
});
