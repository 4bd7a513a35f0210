import { type Span, textOf } from '../../source/source.js';
import type { Pair } from '../facts.js';
import type { Advice, Related } from './entry.js';
import { append, replace } from './words.js';

const sides = ['batch size', 'height', 'width', 'channels'] as const;
const channels = 3;

/** Which of two tensors. */
type Which = 0 | 1;

/** Two images that differ along one axis: where they parted, and what would make them agree. */
export type Mismatch = {
  readonly axis: number;
  readonly sizes: Pair<string>;
  /** What each is called by its place: the left side of an operator, or the n-th input from 1. */
  readonly operands: Pair<'left' | 'right' | number>;
  /** Their names in the text, of those that have one. */
  readonly names: Pair<string | null>;
  /** Where each can be fed through one more stage; a place that is wrapped gets brackets. */
  readonly places: Pair<{ readonly at: Span; readonly isWrapped: boolean } | null>;
  readonly changes: readonly Change[];
  readonly remedy: Remedy;
};

/** Where one of them got its size; or the value that both are made of, which may be one of them itself. */
export type Change =
  | {
      readonly kind: 'changed';
      readonly of: Which;
      readonly at: Span;
      readonly from: string | null;
      readonly to: string;
      /** Twice or half as large as before. */
      readonly how: 'halved' | 'doubled' | 'changed';
    }
  | {
      readonly kind: 'unchanged';
      readonly of: Which;
      readonly at: Span;
      readonly size: string;
      readonly parted: boolean;
    }
  | { readonly kind: 'fork'; readonly of: Which | null; readonly at: Span; readonly size: string };

/** What makes the two agree, done to `of`. */
export type Remedy =
  | { readonly kind: 'conv'; readonly of: Which; readonly channels: number }
  | { readonly kind: 'batch' }
  | { readonly kind: 'upsample'; readonly of: Which; readonly factor: number }
  | { readonly kind: 'crop'; readonly of: Which; readonly border: number }
  | { readonly kind: 'neverWhole' }
  | { readonly kind: 'resize'; readonly of: Which };

const ordinals = ['first', 'second', 'third', 'fourth', 'fifth', 'sixth'];

function nameOf({ operands }: Mismatch, which: Which): string {
  const operand = operands[which];
  if (typeof operand === 'string') return `the ${operand} side`;
  return ordinals[operand - 1] ? `the ${ordinals[operand - 1]} input` : `input ${operand}`;
}

export const placesOf = (mismatch: Mismatch): readonly Related[] =>
  mismatch.changes.map((change) => ({ span: change.at, message: changeWords(mismatch, change) }));

/** `height halved here, from H to H/2`; `64 channels from here on`. */
function changeWords(mismatch: Mismatch, change: Change): string {
  const { axis } = mismatch;
  const amount = (size: string): string =>
    axis === channels
      ? `${size} ${size === '1' ? 'channel' : 'channels'}`
      : `${sides[axis]} ${size}`;
  if (change.kind === 'fork') {
    if (change.of === null) return `both come from here: ${amount(change.size)}`;
    const other = nameOf(mismatch, change.of === 0 ? 1 : 0);
    return `${nameOf(mismatch, change.of)}: ${amount(change.size)}; ${other} is made of it`;
  }
  const name = nameOf(mismatch, change.of);
  if (change.kind === 'unchanged')
    return `${name}: ${change.parted ? 'still ' : ''}${amount(change.size)}`;
  if (change.from === null || axis === channels)
    return `${name}: ${amount(change.to)} from here on`;
  return `${name}: ${sides[axis]} ${change.how} here, from ${change.from} to ${change.to}`;
}

export function remedyOf(mismatch: Mismatch): Advice {
  const { remedy, sizes, axis } = mismatch;
  switch (remedy.kind) {
    case 'conv':
      return further(
        mismatch,
        remedy.of,
        `Conv(${remedy.channels}, kernel: 1)`,
        `${remedy.channels} channels`,
      );
    case 'batch':
      return 'give both inputs of the model the same symbol for the batch';
    case 'upsample': {
      const wanted = `the ${sides[axis]} ${sizes[remedy.of === 0 ? 1 : 0]}`;
      return further(mismatch, remedy.of, `upsample(${remedy.factor})`, wanted);
    }
    case 'crop': {
      const [large, small] = [remedy.of, remedy.of === 0 ? 1 : 0] as const;
      const { border } = remedy;
      const pads =
        border % 2 === 0 ? `, or \`-> pad(${border / 2})\` after ${nameOf(mismatch, small)}` : '';
      return `\`${together(mismatch, large, 'cropLike')}\` takes the middle of ${nameOf(mismatch, large)} at the size of ${nameOf(mismatch, small)}${pads}`;
    }
    case 'neverWhole':
      return `${sizes.join(' and ')} are never whole together: halve both by the same padding, such as \`stride: 2, padding: "torch"\``;
    case 'resize': {
      const other = remedy.of === 0 ? 1 : 0;
      return `\`${together(mismatch, remedy.of, 'resizeLike')}\` takes ${nameOf(mismatch, remedy.of)} to the size of ${nameOf(mismatch, other)}`;
    }
  }
}

/** One more stage after one of the two; an edit where no brackets would have to move. */
function further(mismatch: Mismatch, which: Which, stage: string, wanted: string): Advice {
  const message = `\`-> ${stage}\` after ${nameOf(mismatch, which)} gives it ${wanted}`;
  const place = mismatch.places[which];
  if (!place) return message;
  return place.isWrapped
    ? replace(place.at, `(${textOf(place.at)} -> ${stage})`, message)
    : append(place.at, ` -> ${stage}`, message);
}

/** `(x, y) -> resizeLike`, in the reader's names where they are names. */
function together({ names }: Mismatch, changed: Which, stage: string): string {
  return `(${names[changed] ?? 'x'}, ${names[changed === 0 ? 1 : 0] ?? 'y'}) -> ${stage}`;
}
