import { readFile } from 'node:fs/promises';
import { didYouMean } from '../../../compiler/diagnostics/suggest.js';
import { InputError } from '../../errors/errors.js';
import type { SplitOptions } from '../../experiments/options/data.js';
import { pictureEnding } from '../../files/image-endings.js';
import { missing } from '../../files/missing.js';
import type { ListedImage } from '../dataset.js';
import type { Division } from './split.js';

/** How many lines are told of. */
const told = 10;

/**
 * The images that files list, one a line: by id, or by the name or the path of the image's file, with its ending or
 * without; a volume's name is all of its slices. Throws `InputError` with every line that names none, or several.
 */
export async function byList(
  options: Extract<SplitOptions, { kind: 'list' }>,
  all: readonly ListedImage[],
  unlabelled: readonly ListedImage[],
): Promise<Division> {
  const named = new Names(all);
  const withoutTruth = new Names(unlabelled);
  const problems: string[] = [];
  const listed = new Map<ListedImage, string>();
  const read = async (path: string | null): Promise<ListedImage[]> => {
    const entries: ListedImage[] = [];
    for (const name of path === null ? [] : await namesIn(path)) {
      const found = named.find(name);
      const earlier = found.map((entry) => listed.get(entry)).find((other) => other !== undefined);
      if (earlier !== undefined)
        problems.push(`${path} lists ${name}, which ${earlier} lists too: keep one`);
      else if (filesOf(found) > 1) {
        const some = found.slice(0, 2).map(({ id }) => id);
        problems.push(
          `${path} lists ${name}, which is of several images: write the id, as ${some.join(' or ')}`,
        );
      } else if (found.length > 0) entries.push(...found);
      else if (withoutTruth.find(name).length > 0)
        problems.push(`${path} lists ${name}, which has no ground truth: leave it out`);
      else
        problems.push(`${path} lists ${name}, which the dataset does not have${hint(name, all)}`);
      for (const entry of found) listed.set(entry, path as string);
    }
    return entries;
  };
  const test = await read(options.test);
  const validation = await read(options.validation);
  const train =
    options.train === null ? all.filter((entry) => !listed.has(entry)) : await read(options.train);
  if (problems.length > 0) {
    const more = problems.length - told;
    throw new InputError(
      ...problems.slice(0, told),
      ...(more > 0 ? [`and ${more} more lines`] : []),
    );
  }
  return { train, validation, test };
}

const filesOf = (entries: readonly ListedImage[]): number =>
  new Set(entries.map(({ id, files }) => files?.image ?? id)).size;

const plain = (path: string): string =>
  path.replaceAll('\\', '/').normalize('NFC').replace(pictureEnding, '').toLowerCase();
const last = (path: string): string => path.slice(path.lastIndexOf('/') + 1);

/** Images by what a list may call them. */
class Names<T extends ListedImage> {
  readonly #byId = new Map<string, T[]>();
  readonly #byVolume = new Map<string, T[]>();
  readonly #byName = new Map<string, T[]>();

  constructor(entries: readonly T[]) {
    const add = (names: Map<string, T[]>, name: string, entry: T) =>
      names.set(name, [...(names.get(name) ?? []), entry]);
    for (const entry of entries) {
      const { id, files } = entry;
      add(this.#byId, id, entry);
      add(this.#byVolume, id.replace(/-z\d+$/, ''), entry);
      for (const name of new Set([plain(id), last(plain(files?.image ?? id))])) {
        add(this.#byName, name, entry);
      }
    }
  }

  /** The id itself before names, and of equal names those that the path leads to. */
  find(name: string): readonly T[] {
    const id = name.normalize('NFC');
    const exact = this.#byId.get(id) ?? this.#byVolume.get(id);
    if (exact) return exact;
    const path = plain(name).replace(/^(\.?\/)+/, '');
    const alike = this.#byName.get(last(path)) ?? [];
    if (!path.includes('/')) return alike;
    return alike.filter(({ files }) => `/${plain(files?.image ?? '')}`.endsWith(`/${path}`));
  }
}

function hint(id: string, entries: readonly ListedImage[]): string {
  const guess = didYouMean(
    id,
    entries.map((entry) => entry.id),
  );
  return guess === undefined ? '' : `: did you mean ${guess}?`;
}

/** A name a line; blank lines and comments go: what follows a `#` at the start or behind a space. */
async function namesIn(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw missing(path, 'name a file with an id a line');
  });
  return text
    .split(/\r\n|\n|\r/)
    .map((line) => line.replace(/(^|\s)#.*/, '').trim())
    .filter((line) => line !== '');
}
