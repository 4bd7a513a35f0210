import type { ValueMap } from '../../runtime/prediction/value-map.js';
import type { ShownValue } from '../../runtime/viewing/trial-file.js';

/** What a network is like that is being tried. */
export interface Opened {
  /** Probabilities of at least this are foreground; null of several classes, where the likeliest counts. */
  readonly threshold: number | null;
  readonly classes: readonly string[] | null;
  /** What can be shown as a map, by its number. */
  readonly values: readonly ShownValue[];
  /** How many values have names and are no maps of the image. */
  readonly others: number;
}

/** The class of each pixel of an image, 0 for the background. */
export interface Masked {
  readonly labels: Uint8Array;
  /** The share of the pixels, inside the field of view, that are of a foreground class. */
  readonly foreground: number;
}

export interface Tried extends Masked {
  readonly width: number;
  readonly height: number;
  /** What the network saw of it, and in how large pieces. */
  readonly seen: { readonly width: number; readonly height: number };
  readonly tile: { readonly width: number; readonly height: number };
  /** Milliseconds from the decoded image to its mask. */
  readonly took: number;
  /** The engine, in words. */
  readonly engine: string;
  /** What a reader should know of this image, in words. */
  readonly notes: readonly string[];
}

/** A value that is wanted over the image: a channel, or with null the mean of the absolute values of all. */
export interface Wanted {
  readonly value: number;
  readonly channel: number | null;
}

/** A number for each pixel that the network saw, and where it comes from. */
export interface Mapped extends ValueMap {
  /** What a reader should know of it, in words. */
  readonly notes: readonly string[];
}

/** What the page asks of the worker, each once the one before it is answered. */
export type Wish =
  /** `base` is the page's own address, and `number` that of the run. */
  | { readonly kind: 'open'; readonly base: string; readonly number: number }
  | { readonly kind: 'try'; readonly image: File }
  | { readonly kind: 'mask'; readonly threshold: number }
  | { readonly kind: 'map'; readonly wanted: Wanted };

export type Told =
  | { readonly kind: 'opened'; readonly opened: Opened }
  | { readonly kind: 'share'; readonly share: number }
  | { readonly kind: 'tried'; readonly tried: Tried }
  | { readonly kind: 'masked'; readonly masked: Masked }
  | { readonly kind: 'mapped'; readonly mapped: Mapped }
  /** What was wished cannot be had; `message` says why. */
  | { readonly kind: 'refused'; readonly message: string };
