import { flag, optional, section, share, text, whole } from './builders.js';

export const evaluation = section('How it is scored.', {
  output: optional(
    text(
      "Which output; where left out the first that the loss names, else the model's first, and of a list the last.",
    ),
  ),
  window: optional(whole('Least height and width of a tile; the patch size where left out.', 1)),
  stride: optional(whole('How far tiles lie apart; half a tile where left out.', 1)),
  batch: whole('Tiles a call.', 1, 8),
  threshold: share('Probabilities of at least this are foreground.', 0.5),
  baselines: flag('Score the untrained network and the green channel beside.', false),
});
