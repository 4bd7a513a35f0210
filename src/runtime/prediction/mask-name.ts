import { basename } from 'node:path';
import { InputError } from '../errors.js';
import type { Input } from './inputs.js';

const endings = /\.(png|nii\.gz)$/i;

/** Of the pattern, `{id}` is the stem and `{number}` the first number in its name, without zeros before it. */
export function maskName(stem: string, pattern: string | null, ending: string): string {
  if (pattern === null) return `${stem}-mask.${ending}`;
  const number = /\d+/.exec(basename(stem))?.[0];
  if (pattern.includes('{number}') && number === undefined) {
    throw new InputError(`${stem} has no number for --mask-name ${pattern}: use {id}`);
  }
  return pattern
    .replace(endings, `.${ending}`)
    .replaceAll('{id}', () => stem)
    .replaceAll('{number}', () => String(Number(number)));
}

/** Throws `InputError` where two masks would be written to one file. */
export function requireMaskNames(inputs: readonly Input[], pattern: string | null): void {
  const first = new Map<string, string>();
  for (const { path, stem } of inputs) {
    const name = maskName(stem, pattern, 'png');
    const other = first.get(name);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${path} would both have the mask ${name}: use {id} in --mask-name`,
      );
    }
    first.set(name, path);
  }
}

/** Throws `InputError` where all pages of a file would have their masks in one file. */
export function requirePageNames(path: string, pages: number, pattern: string | null): void {
  if (pages === 1 || !pattern?.includes('{number}')) return;
  throw new InputError(
    `${path} has ${pages} pages, which {number} in --mask-name cannot tell apart: use {id}`,
  );
}
