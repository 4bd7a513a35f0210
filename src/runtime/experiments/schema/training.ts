import { validationMetrics } from '../options/training.js';
import { choice, flag, optional, section, share, whole } from './builders.js';

export const validation = section('How the network is validated while it is trained.', {
  every: optional(whole('Steps between two validations; left out, there are none.', 1)),
  patches: whole(
    'How many fixed patches the loss is computed on; where the split has no validation images, the scores too, on patches of the training images.',
    1,
    256,
  ),
  metric: choice(
    'The metric that should improve, pooled over all pixels.',
    validationMetrics,
    'f1',
  ),
  patience: optional(
    whole(
      'Training stops after this many validations in a row without an improvement; left out, it does not stop early.',
      1,
    ),
  ),
  threshold: share('Probabilities of at least this are foreground.', 0.5),
  pictures: whole(
    'Of how many validation images, the first ones, the probability map is kept at each validation, for networks with one foreground class; 0 keeps none.',
    0,
    2,
  ),
});

export const logs = section('What is logged besides log.jsonl.', {
  tensorboard: flag('Event files for TensorBoard.', true),
});
