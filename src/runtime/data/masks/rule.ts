import type { MaskOptions } from '../../experiments/options/data.js';
import { notJudged } from '../sample.js';
import type { Census } from './census.js';
import { areEdges, near, type Shades } from './edges.js';
import { ignoredCodes, isColour, numbersByCode } from './labels.js';

/** How every mask of a dataset is read. */
export interface MaskRule {
  /**
   * `labels`: each value is a class. `ones`: 1 is foreground, 0 is not. `white`: what is above one half of white is.
   */
  readonly kind: 'labels' | 'ones' | 'white';
  readonly options: MaskOptions;
  /** Whether files of one colour are read by their transparency. */
  readonly alpha: boolean;
  /** Whether white is 255 also in files that have room for more, of 16 bits or of measurements. */
  readonly small: boolean;
}

/** One file and what it holds. */
export interface Counted {
  readonly path: string;
  readonly census: Census;
}

/** The values of a file by which it is read, with the number of pixels of each. */
export type Values = readonly (readonly [code: number, pixels: number])[];

/** Whether a file is of one colour and its transparency tells the mask, where `alpha` says that such files are among them. */
export const byAlpha = (alpha: boolean, colours: number, alphas: Values | undefined): boolean =>
  alphas !== undefined && colours === 1 && (alpha || (alphas.length === 1 && alphas[0]![0] === 0));

/** The values that count of a file: its colours, or its transparency; without those to ignore. */
export function valuesOf({ census }: Counted, { alpha, options }: Omit<MaskRule, 'kind'>): Values {
  const { values, alpha: own } = census;
  const ignored = ignoredCodes(options);
  const seen = byAlpha(alpha, values.length, own?.values) ? (own?.values ?? []) : values;
  return seen.filter(([code]) => !ignored.includes(code));
}

/** Whether any file is of one colour with transparency that differs: the mask is that. */
export const hasAlpha = (files: readonly Counted[]): boolean =>
  files.some(
    ({ census: { alpha, values } }) => (alpha?.values.length ?? 0) > 1 && values.length === 1,
  );

/** What white is in a file: that of its format where it is used, else 255 where nothing is above it. */
function whiteOf({ white }: Pick<Census, 'white'>, most: number): number {
  if (white !== null && white < 255) return white;
  return most <= 255 ? 255 : (white ?? 65535);
}

/** The class of each value in a file whose white is `white`; undefined of one that the labels do not name. */
export function classifier(
  { kind, options, small }: MaskRule,
  white: number | null,
): (code: number) => number | undefined {
  if (kind === 'labels') {
    const numbers = numbersByCode(options.labels ?? {}, options);
    return (code) => numbers.get(code);
  }
  const ignored = new Set(ignoredCodes(options));
  const limit = kind === 'ones' ? 0.5 : whiteOf({ white }, small ? 255 : 256) / 2;
  return (code) => (ignored.has(code) ? notJudged : code > limit ? 1 : 0);
}

type Kind = 'empty' | 'ones' | 'white' | 'other';

function kindOf(values: Values, { census }: Counted): Kind {
  const codes = values.map(([code]) => code);
  const most = Math.max(0, ...codes);
  if (codes.some((code) => isColour(code) || code < 0 || !Number.isInteger(code))) return 'other';
  if (most === 0) return 'empty';
  if (most === 1) return 'ones';
  const white = whiteOf(census, most);
  if (census.lossy && most <= near * white) return 'empty';
  return most >= (1 - near) * white && most <= white ? 'white' : 'other';
}

/**
 * The rule that all files fit; undefined where there is none. Without labels foreground is 1 where no file has a value above
 * 1, else what is above one half of white, 255 or that of 16 bits; values between are let pass where they are edges
 * (`areEdges`). Colours, other values and files of 0 and 1 among files of 0 and white fit no rule.
 */
export function ruleOf(files: readonly Counted[], options: MaskOptions): MaskRule | undefined {
  const base = { options, alpha: hasAlpha(files), small: false };
  if (options.labels) return { ...base, kind: 'labels' };
  const seen = files.map((file) => ({ file, values: valuesOf(file, base) }));
  const kinds = seen.map(({ file, values }) => kindOf(values, file));
  if (kinds.includes('other')) return undefined;
  if (!kinds.includes('white')) return { ...base, kind: 'ones' };
  if (kinds.includes('ones')) return undefined;
  const whites = seen
    .filter((_, n) => kinds[n] === 'white')
    .map(({ file, values }) => ({
      file,
      values,
      white: whiteOf(file.census, Math.max(...values.map(([code]) => code))),
    }));
  const deep = whites.filter(({ file: { census } }) => census.white === null || census.white > 255);
  const small = deep.some(({ white }) => white === 255);
  if (small && deep.some(({ white }) => white > 255)) return undefined;
  const rule: MaskRule = { ...base, kind: 'white', small };
  return areEdges(files.map((file) => shadesOf(file, rule))) ? rule : undefined;
}

/** What `areEdges` and `oddity` judge of a file that is read by one half of white. */
export function shadesOf(file: Counted, rule: MaskRule): Shades {
  const values = valuesOf(file, rule);
  const most = rule.small ? 255 : Math.max(...values.map(([code]) => code), 256);
  return { values, lossy: file.census.lossy, white: whiteOf(file.census, most) };
}
