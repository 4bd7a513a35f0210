import { readdirSync, statSync } from 'node:fs';
import { isAbsolute, join, relative, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { readText } from '../runtime/source-reader.js';

/** Files under a workspace's folder, by their paths from it. */
export interface Files {
  /** The text at `path`; undefined where there is none. */
  read(path: string): string | undefined;
  /** The `.net` files of the workspace. */
  list(): readonly string[];
}

/** More files than this are no workspace of networks; a search then ends. */
const most = 5_000;
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
    list: () => networksIn(root, ''),
  };
}

function networksIn(root: string, folder: string, found: string[] = []): string[] {
  let entries: ReturnType<typeof entriesOf> = [];
  try {
    entries = entriesOf(join(root, folder));
  } catch {
    // A folder that cannot be read has no networks for us.
  }
  for (const entry of entries) {
    if (found.length >= most) break;
    const path = join(folder, entry.name);
    const walked = !entry.name.startsWith('.') && !skipped.has(entry.name);
    if (entry.isDirectory() && walked) networksIn(root, path, found);
    else if (entry.isFile() && entry.name.endsWith('.net')) found.push(path);
  }
  return found;
}

const entriesOf = (folder: string) => readdirSync(folder, { withFileTypes: true });

/** The path from `root` that a document's address means; undefined for what is no file. */
export function pathOf(root: string, uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  return relative(root, fileURLToPath(uri));
}

export const uriOf = (root: string, path: string): string =>
  pathToFileURL(isAbsolute(path) ? path : resolve(root, path)).href;
