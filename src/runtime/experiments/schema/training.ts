import { validationMetrics } from '../options/training.js';
import { choice, flag, optional, section, share, whole } from './builders.js';

export const validation = section('How the network is scored while it is trained.', {
  every: optional(whole('Steps between two validations; none where left out.', 1)),
  patches: whole(
    'On so many fixed patches: the loss, and where no images are kept for validation the scores too, of patches of the training images then.',
    1,
    256,
  ),
  metric: choice('Which is to get better, over all pixels.', validationMetrics, 'f1'),
  patience: optional(
    whole('Training ends after so many validations in a row without a better one.', 1),
  ),
  threshold: share('Probabilities of at least this are foreground.', 0.5),
});

export const logs = section('What is written down beside log.jsonl.', {
  tensorboard: flag('Event files for TensorBoard.', true),
});
