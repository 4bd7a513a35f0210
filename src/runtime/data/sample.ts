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

/** One image as a network is given it: what `predict` has, and all that preprocessing may look at. */
export interface Frame {
  readonly id: string;
  readonly image: Picture;
  /** The field of view: the pixels that are standardised over, trained on and scored. Null where all are. */
  readonly fov: Mask | null;
}

/** One image with its ground truth. */
export interface Sample extends Frame {
  /** The vessels, the lesion, the lung. */
  readonly mask: Mask;
}
