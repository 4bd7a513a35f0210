/** What is done to a training patch at random; an amount of 0, or null, leaves it out. */
export interface Augmentation extends Bending, Colouring {
  /** Mirrors a patch left to right, half of the time. */
  readonly flips: boolean;
  /** Turns a patch by a multiple of 90 degrees. */
  readonly quarterTurns: boolean;
}

/** What moves pixels by fractions of their distance. */
export interface Bending {
  /** Degrees, evenly up to as many either way. */
  readonly rotate: number;
  /** A factor of 1 / (1 + scale) to 1 + scale. */
  readonly scale: number;
  readonly elastic: ElasticOptions | null;
}

export interface ElasticOptions {
  /** Root mean square of the shifts along each axis, in pixels. */
  readonly amplitude: number;
  /** Standard deviation of the Gaussian that smooths them, in pixels. */
  readonly smoothness: number;
}

/** What changes values. Shares are of the step from black to white, 255. */
export interface Colouring {
  /** A share, evenly up to as much either way. */
  readonly brightness: number;
  /** A factor of 1 / (1 + contrast) to 1 + contrast about the patch's mean. */
  readonly contrast: number;
  /** The same range, a factor for each of three channels. */
  readonly colour: number;
  /** The same range, an exponent of values of 0 to 1. */
  readonly gamma: number;
  /** Standard deviation, a share. */
  readonly noise: number;
}
