import type { Augmentation, Bending, Colouring } from '../../experiments/options/augment.js';

export const bends = ({ rotate, scale, elastic }: Bending): boolean =>
  rotate > 0 || scale > 0 || elastic !== null;

export const colours = ({ brightness, contrast, colour, gamma, noise }: Colouring): boolean =>
  brightness > 0 || contrast > 0 || colour > 0 || gamma > 0 || noise > 0;

/** A patch as it is. */
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
