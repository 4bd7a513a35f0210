import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve } from 'node:path';
import type { SourceFile, SourceReader } from '../compiler/source/source.js';

/** Reads `.net` files from the disk, paths relative to the working directory, and remembers what it read. */
export interface DiskReader extends SourceReader {
  readonly files: ReadonlyMap<string, SourceFile>;
}

export function diskReader(): DiskReader {
  const files = new Map<string, SourceFile>();
  return {
    files,
    read(path) {
      const known = files.get(path);
      if (known) return known;
      const text = readText(path);
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

/** The files with their paths from the innermost folder that holds them all, so that imports still find each other. */
export function relocated(files: Iterable<SourceFile>): Map<string, string> {
  const absolute = [...files].map(({ path, text }) => ({ path: resolve(path), text }));
  let root = dirname(absolute[0]?.path ?? resolve('.'));
  while (absolute.some(({ path }) => relative(root, path).startsWith('..'))) root = dirname(root);
  return new Map(absolute.map(({ path, text }) => [relative(root, path), text]));
}
