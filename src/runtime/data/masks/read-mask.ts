import { InputError } from '../../errors/errors.js';
import type { MaskOptions } from '../../experiments/options/data.js';
import type { Pixels } from '../formats/format.js';
import { readPixels } from '../formats/read-picture.js';
import { type Mask, notJudged } from '../sample.js';
import { censusOf } from './census.js';
import { decide } from './decide.js';
import { codesOf, labelOf } from './labels.js';
import type { Noun } from './refusal.js';
import { byAlpha, classifier, type MaskRule, type Values } from './rule.js';

/** Masks of one class, all pixels of them judged. */
const plainMasks: MaskOptions = { labels: null, ignore: null };

/**
 * The rule of files that belong to no dataset: what they themselves fit. Throws `InputError` where they fit none.
 */
export async function ruleOfFiles(
  paths: readonly string[],
  options: MaskOptions = plainMasks,
  noun: Noun = 'masks',
): Promise<MaskRule> {
  const files = [];
  for (const path of paths) files.push({ path, census: await censusOf(path) });
  const { rule, problems } = decide(files, options, noun);
  if (!rule) throw new InputError(...problems);
  return rule;
}

/**
 * What a person drew: the number of each pixel's class, or `notJudged`. Throws `InputError` where it cannot be read or has a
 * value that no label names.
 *
 * @param rule of the dataset; left out: of the file alone.
 * @param slice of a volume, from 0.
 */
export async function readMask(path: string, rule?: MaskRule, slice = 0): Promise<Mask> {
  const pixels = await readPixels(path, slice);
  const { width, height, white } = pixels;
  const own = rule ?? (await ruleOfFiles([path]));
  const classOf = classifier(own, white);
  const codes = codesBy(own, pixels);
  const data = new Uint8Array(width * height);
  for (let i = 0; i < data.length; i++) {
    const number = classOf(codes[i]!);
    if (number === undefined) {
      throw new InputError(
        `${path} has the value ${labelOf(codes[i]!)}, which data.labels does not name: add it, under background where it is none of the classes`,
      );
    }
    data[i] = number;
  }
  return { width, height, data };
}

function codesBy({ alpha }: MaskRule, pixels: Pixels): ArrayLike<number> {
  const codes = codesOf(pixels);
  if (!pixels.alpha) return codes;
  const one = same(codes) ? 1 : 2;
  const alphas: Values = same(pixels.alpha)
    ? [[pixels.alpha[0]!, codes.length]]
    : [
        [0, 0],
        [1, 0],
      ];
  return byAlpha(alpha, one, alphas) ? pixels.alpha : codes;
}

function same(values: ArrayLike<number>): boolean {
  for (let i = 1; i < values.length; i++) if (values[i] !== values[0]) return false;
  return true;
}

/**
 * One mask of several: the union of their foreground. What one of them leaves unjudged stays so where no other has a class.
 * Throws `InputError` where two of them give a pixel two classes.
 */
export function unionOf(masks: readonly { readonly path: string; readonly mask: Mask }[]): Mask {
  const [first, ...others] = masks;
  const data = new Uint8Array(first!.mask.data);
  const by = new Map(masks.map(({ path }, n) => [n, path]));
  const from = new Uint16Array(others.length > 0 ? data.length : 0);
  for (const [n, { path, mask }] of others.entries()) {
    for (let i = 0; i < data.length; i++) {
      const [before, number] = [data[i], mask.data[i]];
      if (number === 0 || number === before) continue;
      if (before !== 0 && before !== notJudged) {
        if (number === notJudged) continue;
        const [x, y] = [i % mask.width, Math.floor(i / mask.width)];
        throw new InputError(
          `${by.get(from[i]!)} and ${path} give the pixel at column ${x}, row ${y} two classes, ${before} and ${number}: leave it to one of them`,
        );
      }
      data[i] = number!;
      from[i] = n + 1;
    }
  }
  return { ...first!.mask, data };
}
