import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { Refusal, SourceFile, SourceReader } from '../../compiler/source/source.js';
import { openText } from './text.js';

/** Reads `.net` files and remembers what it read. */
export interface RememberingReader extends SourceReader {
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** From the disk, paths relative to the working directory. */
export const diskReader = (): RememberingReader => reading(openText);

/** From memory, by path. */
export const textReader = (texts: Readonly<Record<string, string>>): RememberingReader =>
  reading((path) => (Object.hasOwn(texts, path) ? { text: texts[path]! } : undefined));

/** What another reader gives, remembered. */
export function remembering(reader: SourceReader): RememberingReader {
  const files = new Map<string, SourceFile>();
  return {
    files,
    read(path) {
      const file = reader.read(path);
      if (file) files.set(path, file);
      return file;
    },
    resolve: (from, specifier) => reader.resolve(from, specifier),
    refusal: (path) => reader.refusal?.(path),
  };
}

function reading(open: (path: string) => ReturnType<typeof openText>): RememberingReader {
  const files = new Map<string, SourceFile>();
  const refusals = new Map<string, Refusal>();
  return {
    files,
    read(path) {
      const known = files.get(path);
      if (known) return known;
      const opened = open(path);
      if (opened && 'refusal' in opened) refusals.set(path, opened.refusal);
      if (!opened || 'refusal' in opened) return undefined;
      const file = { path, text: opened.text };
      files.set(path, file);
      return file;
    },
    resolve: (from, specifier) =>
      isAbsolute(specifier) ? specifier : join(dirname(from), specifier),
    refusal: (path) => refusals.get(path),
  };
}

export interface Relocated {
  /** Texts by path from the innermost folder that holds all of them. */
  readonly files: ReadonlyMap<string, string>;
  /** Where a file has gone. */
  readonly moved: (path: string) => string;
}

/**
 * The files under paths of their own, so that imports still find each other wherever they are put.
 */
export function relocated(sources: readonly SourceFile[]): Relocated {
  const paths = sources.map(({ path }) => resolve(path));
  let root = dirname(paths[0] ?? '.');
  while (paths.some((path) => relative(root, path).startsWith('..'))) root = dirname(root);
  const moved = (path: string): string => relative(root, resolve(path));
  return { files: new Map(sources.map(({ path, text }) => [moved(path), text])), moved };
}
