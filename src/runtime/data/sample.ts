/** Values by row, column and channel: `data[(y * width + x) * channels + c]`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** One value a pixel, 1 inside and 0 outside, row by row. */
export interface Mask {
  readonly width: number;
  readonly height: number;
  readonly data: Uint8Array;
}

/** One image with what a person drew on it. */
export interface Sample {
  readonly id: string;
  readonly image: Picture;
  /** The vessels, the lesion, the lung. */
  readonly mask: Mask;
  /** The field of view: the pixels that are trained on and scored. Null where all are. */
  readonly fov: Mask | null;
}

export interface Dataset {
  readonly train: readonly Sample[];
  readonly test: readonly Sample[];
}
