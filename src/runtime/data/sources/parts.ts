import type { Listed } from './files.js';

/** What images are for, in the order that they are listed. */
export const parts = ['train', 'validation', 'test'] as const;
export type Part = (typeof parts)[number];

/** How folders of the parts are called, with or without `set`, `data` or `dataset` behind. */
const words: Readonly<Record<string, Part>> = {
  train: 'train',
  training: 'train',
  val: 'validation',
  valid: 'validation',
  validation: 'validation',
  test: 'test',
  tests: 'test',
  testing: 'test',
};

/** The part that a folder of this name holds: `Train`, `val`, `TestDataset`, `training_set`. */
export const partCalled = (name: string): Part | undefined =>
  words[name.toLowerCase().replace(/[ _-]?(set|data|dataset|split)$/, '')];

/** Patterns as they are written. */
export interface Texts {
  readonly images: string;
  /** An image's mask is the union of what they find. */
  readonly masks: readonly string[];
  readonly fov: string | null;
}

/** The patterns of one part; of what is in none where `part` is null. */
export interface PartTexts extends Texts {
  readonly part: Part | null;
}

/**
 * The patterns within each folder of a part: `train/images/{id}.*`, or `images/train/{id}.*` where the parts lie in the
 * folders of images and masks. Those of the root alone where a pattern names a part itself, or where no image is in any part.
 *
 * @param finds whether a pattern finds a file.
 */
export function partTexts(
  files: readonly Listed[],
  texts: Texts,
  finds: (text: string) => boolean,
): PartTexts[] {
  const whole: PartTexts = { ...texts, part: null };
  if (namesPart(texts)) return [whole];
  for (const depth of [0, 1]) {
    const folders = foldersAt(files, depth);
    const within = [...folders]
      .map(([name, part]): PartTexts => {
        // `images/val` may have its masks in `masks/validation`.
        const others = [...folders.keys()].filter((other) => folders.get(other) === part);
        const near = (text: string): string => {
          const [own, ...rest] = [name, ...others].map((folder) => put(text, folder, depth));
          return [own!, ...rest].find(finds) ?? own!;
        };
        const { images, masks, fov } = texts;
        return {
          part,
          images: put(images, name, depth),
          masks: masks.map(near),
          fov: fov === null ? null : near(fov),
        };
      })
      .filter(({ images }) => finds(images));
    if (within.some(({ part }) => part === 'train')) return within;
    // Images outside of the parts are those to train on, where no part says so.
    if (within.length > 0) return finds(texts.images) ? [whole, ...within] : within;
  }
  return [whole];
}

/** Whether a folder of a part is written out. */
export const namesPart = ({ images, masks }: Pick<Texts, 'images' | 'masks'>): boolean =>
  [images, ...masks].some((text) => text.split('/').some(partCalled));

/** The parts' folders so deep below the root, each name once in whatever case. */
function foldersAt(files: readonly Listed[], depth: number): Map<string, Part> {
  const found = new Map<string, Part>();
  const seen = new Set<string>();
  for (const { path } of files) {
    const name = path.split('/').slice(0, -1)[depth];
    const part = name === undefined ? undefined : partCalled(name);
    if (name === undefined || part === undefined || seen.has(name.toLowerCase())) continue;
    seen.add(name.toLowerCase());
    found.set(name, part);
  }
  return found;
}

const put = (text: string, name: string, depth: number): string => {
  const folders = text.replace(/^\.\//, '').split('/');
  return folders.toSpliced(Math.min(depth, folders.length - 1), 0, name).join('/');
};

/** A path without its part's folder, and that folder, where it has one. */
export function withoutPart(path: string): { path: string; folder: string } {
  const folders = path.split('/');
  const at = folders.slice(0, -1).findIndex((name, i) => i < 2 && partCalled(name));
  if (at < 0) return { path, folder: '' };
  return { path: folders.toSpliced(at, 1).join('/'), folder: folders[at]! };
}
