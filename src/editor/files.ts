import { type Dirent, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Refusal } from '../compiler/source/source.js';
import { openText } from '../runtime/files/text.js';

/** Files under a workspace's folder, by their paths from it. */
export interface Files {
  /** The text at `path`; undefined where there is none, or none that is read. */
  read(path: string): string | undefined;
  /** Why something at `path` is not read; undefined where nothing is there. */
  refusal?(path: string): Refusal | undefined;
  /** The path that `specifier`, of an import in the file at `from`, names. */
  resolve(from: string, specifier: string): string;
  /** The `.net` files of the workspace. */
  list(): readonly string[];
}

/** A search that has met more files and folders than this ends: it is no workspace of networks. */
const most = 50_000;
const skipped = new Set(['node_modules', 'dist', 'runs']);

interface Stamped {
  readonly stamp: string;
  readonly text: string | undefined;
  readonly refusal: Refusal | undefined;
}

/**
 * The files of a folder on the disk. A text is read again only when its file has changed. What lies outside of `folders`, wherever
 * links lead, is not read: somebody else may have written what asks for it.
 */
export function diskFiles(root: string, folders: () => readonly string[] = () => [root]): Files {
  const known = new Map<string, Stamped>();
  const look = (path: string): Stamped => {
    const full = resolve(root, path);
    const stamp = stampOf(full);
    const before = known.get(path);
    if (before && before.stamp === stamp && before.refusal?.kind !== 'outside') return before;
    // Asked first: not even whether something is there is told of other places.
    const refusal: Refusal | undefined = isWithin(full, folders())
      ? undefined
      : { kind: 'outside', path };
    const opened = stamp === none || refusal ? undefined : openText(full);
    const found = {
      stamp,
      text: opened && 'text' in opened ? opened.text : undefined,
      refusal: opened && 'refusal' in opened ? { ...opened.refusal, path } : refusal,
    };
    known.set(path, found);
    return found;
  };
  return {
    read: (path) => look(path).text,
    refusal: (path) => look(path).refusal,
    resolve: (from, specifier) =>
      isAbsolute(specifier) ? specifier : join(dirname(from), specifier),
    list: () => networksIn(root),
  };
}

const none = 'none';

/** Tells when a file has changed; a path that cannot be followed, such as a circle of links, is one that is there. */
function stampOf(full: string): string {
  try {
    const stats = statSync(full, { throwIfNoEntry: false });
    return stats && !stats.isDirectory() ? `${stats.mtimeMs} ${stats.size} ${stats.ino}` : none;
  } catch (error) {
    return String((error as NodeJS.ErrnoException).code);
  }
}

/** Whether a file is, links followed, in one of some folders. */
function isWithin(full: string, folders: readonly string[]): boolean {
  const real = realOf(full);
  return folders.some((folder) => isUnder(real, realOf(folder)));
}

/** Whether a path, as it is written, is in a folder. */
export function isUnder(full: string, folder: string): boolean {
  const path = relative(folder, full);
  return path !== '..' && !path.startsWith(`..${sep}`) && !isAbsolute(path);
}

/** Where a path leads; of one that leads nowhere, where its folder does. */
function realOf(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    const above = dirname(path);
    return above === path ? path : join(realOf(above), relative(above, path));
  }
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
