import { InputError } from '../../errors.js';
import type { Mask } from '../sample.js';
import type { Pixels } from './format.js';
import { readPixels } from './read-picture.js';

/** A value of a label map: a grey value, or a colour as `#rrggbb`. */
export type Label = number | string;

/** The values that stand for each class, by its name; `background` may be among them and is 0 or black otherwise. */
export type Labels = Readonly<Record<string, Label | readonly Label[]>>;

const background = 'background';

/** The foreground's classes in the order they are written. */
export const classesOf = (labels: Labels): readonly string[] =>
  Object.keys(labels).filter((name) => name !== background);

/**
 * What a person drew. Without labels 0 and 1: the first channel above one half of white; all that is not 0 where it has
 * no white or is nowhere above 1. With labels the number of each pixel's class. Throws `InputError` where it cannot be
 * read or has a value that no label names.
 *
 * @param slice of a volume, from 0.
 */
export async function readMask(
  path: string,
  labels: Labels | null = null,
  slice = 0,
): Promise<Mask> {
  const pixels = await readPixels(path, slice);
  const { width, height } = pixels;
  const data = labels ? classNumbers(path, pixels, labels) : insideOf(pixels);
  return { width, height, data };
}

function insideOf({ width, height, channels, data, white }: Pixels): Uint8Array {
  const inside = new Uint8Array(width * height);
  let most = 0;
  for (let i = 0; i < inside.length; i++) most = Math.max(most, data[i * channels]);
  const limit = white === null || most <= 1 ? 0 : white / 2;
  for (let i = 0; i < inside.length; i++) inside[i] = data[i * channels] > limit ? 1 : 0;
  return inside;
}

function classNumbers(path: string, pixels: Pixels, labels: Labels): Uint8Array {
  const { width, height, channels, data } = pixels;
  const numbers = numbersByValue(labels);
  const classes = new Uint8Array(width * height);
  for (let i = 0; i < classes.length; i++) {
    const at = i * channels;
    const value = channels === 1 ? data[at] : joined(data[at], data[at + 1], data[at + 2]);
    const found = numbers.get(channels === 1 ? value : colourKey(value));
    if (found === undefined) {
      throw new InputError(
        `${path} has the value ${channels === 1 ? value : named(value)}, which data.labels does not name: add it, under ${background} where it is none of the classes`,
      );
    }
    classes[i] = found;
  }
  return classes;
}

const joined = (r: number, g: number, b: number): number => r * 65536 + g * 256 + b;
const named = (colour: number): string => `#${colour.toString(16).padStart(6, '0')}`;
/** Colours lie apart from grey values. */
const colourKey = (colour: number): number => -1 - colour;

/** The class of each grey value and of each colour; a grey value in three channels is a colour too. */
function numbersByValue(labels: Labels): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  const add = (label: Label, number: number): void => {
    const colour = typeof label === 'string' ? Number.parseInt(label.slice(1), 16) : undefined;
    const grey = typeof label === 'number' ? label : undefined;
    if (colour !== undefined) {
      numbers.set(colourKey(colour), number);
      if (colour % 65793 === 0) numbers.set(colour / 65793, number);
    }
    if (grey !== undefined) {
      numbers.set(grey, number);
      if (grey >= 0 && grey <= 255) numbers.set(colourKey(grey * 65793), number);
    }
  };
  if (!Object.hasOwn(labels, background)) add(0, 0);
  for (const label of [labels[background] ?? []].flat()) add(label, 0);
  for (const [i, name] of classesOf(labels).entries()) {
    for (const label of [labels[name]].flat()) add(label, i + 1);
  }
  return numbers;
}
