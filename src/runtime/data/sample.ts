/** Values by row, column and channel: `data[(y * width + x) * channels + c]`. */
export interface Picture {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Float32Array;
}

/** The class of each pixel, row by row: 0 outside, 1 inside, or up to K - 1 where there are several classes. */
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
