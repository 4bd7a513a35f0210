import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { SourceFile, SourceReader } from '../../compiler/source/source.js';

/** Reads `.net` files and remembers what it read. */
export interface RememberingReader extends SourceReader {
  readonly files: ReadonlyMap<string, SourceFile>;
}

/** From the disk, paths relative to the working directory. */
export const diskReader = (): RememberingReader => reading(readText);

/** From memory, by path. */
export const textReader = (texts: Readonly<Record<string, string>>): RememberingReader =>
  reading((path) => (Object.hasOwn(texts, path) ? texts[path] : undefined));

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
  };
}

function reading(textAt: (path: string) => string | undefined): RememberingReader {
  const files = new Map<string, SourceFile>();
  return {
    files,
    read(path) {
      const known = files.get(path);
      if (known) return known;
      const text = textAt(path);
      if (text === undefined) return undefined;
      const file = { path, text };
      files.set(path, file);
      return file;
    },
    resolve: (from, specifier) =>
      isAbsolute(specifier) ? specifier : join(dirname(from), specifier),
  };
}

/** The text at `path`; undefined where there is no such file. */
export function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
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
