import { type Dirent, readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readText } from '../runtime/files/source-reader.js';

/** Files under a workspace's folder, by their paths from it. */
export interface Files {
  /** The text at `path`; undefined where there is none. */
  read(path: string): string | undefined;
  /** The `.net` files of the workspace. */
  list(): readonly string[];
}

/** A search that has met more files and folders than this ends: it is no workspace of networks. */
const most = 50_000;
const skipped = new Set(['node_modules', 'dist', 'runs']);

interface Stamped {
  readonly stamp: string;
  readonly text: string | undefined;
}

/** The files of a folder on the disk. A text is read again only when its file has changed. */
export function diskFiles(root: string): Files {
  const known = new Map<string, Stamped>();
  return {
    read(path) {
      const full = resolve(root, path);
      const stats = statSync(full, { throwIfNoEntry: false });
      const stamp = stats?.isFile() ? `${stats.mtimeMs} ${stats.size}` : 'none';
      const before = known.get(path);
      if (before?.stamp === stamp) return before.text;
      const text = stamp === 'none' ? undefined : readText(full);
      known.set(path, { stamp, text });
      return text;
    },
    list: () => networksIn(root),
  };
}

/** Breadth first, so that what is nearest is found where the search ends early. */
function networksIn(root: string): string[] {
  const found: string[] = [];
  const folders = [''];
  let met = 0;
  for (const folder of folders) {
    for (const entry of entriesOf(join(root, folder))) {
      if (++met > most) return found;
      const path = join(folder, entry.name);
      const walked = !entry.name.startsWith('.') && !skipped.has(entry.name);
      if (entry.isDirectory() && walked) folders.push(path);
      else if (entry.isFile() && entry.name.endsWith('.net')) found.push(path);
    }
  }
  return found;
}

/** None where the folder cannot be read: it has no networks for us. */
function entriesOf(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}

/** The path from `root` that a document's address means; undefined for what is no file. */
export function pathOf(root: string, uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  return relative(root, fileURLToPath(uri));
}

export const uriOf = (root: string, path: string): string =>
  pathToFileURL(isAbsolute(path) ? path : resolve(root, path)).href;
