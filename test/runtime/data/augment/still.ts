import type { Augmentation } from '../../../../src/runtime/data/augment/augmentation.js';

/** Nothing is done. */
export const still: Augmentation = {
  flips: false,
  quarterTurns: false,
  rotate: 0,
  scale: 0,
  elastic: null,
  brightness: 0,
  contrast: 0,
  colour: 0,
  gamma: 0,
  noise: 0,
};
