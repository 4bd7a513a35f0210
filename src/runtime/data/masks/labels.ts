import type { Label, Labels, MaskOptions } from '../../experiments/options/data.js';
import type { Pixels } from '../formats/format.js';
import { notJudged } from '../sample.js';

export const background = 'background';

/** The foreground's classes in the order they are written. */
export const classesOf = (labels: Labels): readonly string[] =>
  Object.keys(labels).filter((name) => name !== background);

/** Colours lie apart from any grey value that a mask may have. */
const colours = 2 ** 40;

export const isColour = (code: number): boolean => code >= colours;

/** A grey value as it is, a colour as one number; what `codesOf` and `numbersByCode` have in common. */
const colourCode = (r: number, g: number, b: number): number =>
  r === g && g === b ? r : colours + r * 65536 + g * 256 + b;

/** How a value is written in `labels`. */
export const labelOf = (code: number): Label =>
  isColour(code) ? `#${(code - colours).toString(16).padStart(6, '0')}` : code;

/**
 * Each pixel's value as one number: of one channel as it is stored; of three the grey value where they are equal, else its
 * colour of 8 bits a channel. Throws where there are two, four or more.
 */
export function codesOf({ width, height, channels, data, white }: Pixels): ArrayLike<number> {
  if (channels === 1) return data;
  if (channels !== 3) {
    throw new Error(`it has ${channels} channels: a mask has one, or three of colours`);
  }
  // Grey values keep their depth, colours do not.
  const scale = white === null || white <= 255 ? 1 : 255 / white;
  const eighth = (value: number): number => Math.round(value * scale);
  const codes = new Float64Array(width * height);
  for (let i = 0; i < codes.length; i++) {
    const [r, g, b] = [data[3 * i], data[3 * i + 1], data[3 * i + 2]];
    codes[i] = r === g && g === b ? r! : colourCode(eighth(r!), eighth(g!), eighth(b!));
  }
  return codes;
}

function codeOf(label: Label): number {
  if (typeof label === 'number') return label;
  const colour = Number.parseInt(label.slice(1), 16);
  return colourCode(colour >> 16, (colour >> 8) & 255, colour & 255);
}

/** The codes of pixels that nobody judged. */
export const ignoredCodes = ({ ignore }: MaskOptions): readonly number[] =>
  [ignore ?? []].flat().map((label) => codeOf(label));

/** The class of each value that the labels name, and `notJudged` of those to ignore. */
export function numbersByCode(labels: Labels, options: MaskOptions): ReadonlyMap<number, number> {
  const numbers = new Map<number, number>();
  if (!Object.hasOwn(labels, background)) numbers.set(0, 0);
  for (const label of [labels[background] ?? []].flat()) numbers.set(codeOf(label), 0);
  for (const [i, name] of classesOf(labels).entries()) {
    for (const label of [labels[name]!].flat()) numbers.set(codeOf(label), i + 1);
  }
  for (const code of ignoredCodes(options)) numbers.set(code, notJudged);
  return numbers;
}

/** One sentence for each value that the labels give two meanings, with both names. */
export function sharedValues({ labels, ignore }: MaskOptions): string[] {
  const names = new Map<number, Set<string>>();
  const named =
    labels === null ? [] : [...Object.entries(labels), ['data.ignore', ignore ?? []] as const];
  for (const [name, own] of named) {
    for (const label of [own].flat()) {
      const code = codeOf(label);
      names.set(code, (names.get(code) ?? new Set()).add(name));
    }
  }
  return [...names]
    .filter(([, several]) => several.size > 1)
    .map(
      ([code, several]) =>
        `data.labels: the value ${labelOf(code)} is in both ${[...several].join(' and ')}: leave it in one`,
    );
}
