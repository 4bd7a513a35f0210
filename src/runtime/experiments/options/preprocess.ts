export interface WindowOptions {
  /** What becomes 0, and what becomes 255; both in the image's own unit, as Hounsfield's. */
  readonly low: number;
  readonly high: number;
}

/** One number for a square. */
export type ResizeOptions = number | { readonly height: number; readonly width: number };

export interface ClaheOptions {
  /** How often more than evenly a value may occur in a tile before the rest is spread; 1 leaves little contrast to gain. */
  readonly clip: number;
  /** Tiles along each axis. */
  readonly tiles: number;
}

/** How a field of view is found where the data has none: today in fundus photographs only. */
export type FovOptions = 'fundus';

/** One channel of three: the luminance (ITU-R BT.601), the green one, or weights of red, green and blue. */
export type GrayOptions = 'luminance' | 'green' | readonly number[];

/** Over what mean and deviation are taken: each image, the training images, or nothing (then values are 0 to 1). */
export type StandardiseOptions = 'image' | 'dataset' | 'none';

/** What is done to an image alone, in the order an experiment lists it. */
export interface ImageSteps {
  readonly fov: FovOptions;
  readonly window: WindowOptions;
  readonly resize: ResizeOptions;
  readonly gray: GrayOptions;
  readonly clahe: ClaheOptions;
  readonly gamma: number;
}

/** By name, all steps; `standardise` is the last, since it may need what all training images are like. */
export interface StepOptions extends ImageSteps {
  readonly standardise: StandardiseOptions;
}

export type StepName = keyof StepOptions;

/** A step as an experiment writes it: its name and what belongs to it. */
export type Step = {
  [K in StepName]: { readonly [name in K]: StepOptions[K] };
}[StepName];

export type PreprocessOptions = readonly Step[];
