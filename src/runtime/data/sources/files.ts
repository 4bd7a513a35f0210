import { readdir, realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import { InputError } from '../../errors/errors.js';
import { isFolder } from '../../files/disk.js';
import { insteadOf } from '../../files/missing.js';

/** A file below a dataset's root. */
export interface Listed {
  /** From the root with `/`, composed (NFC): what patterns match and messages print. */
  readonly path: string;
  /** From the root as the file system spells it: what can be opened. */
  readonly real: string;
}

/** Throws `InputError` where `root` is no folder. */
export async function requireRoot(root: string, dataset: string): Promise<void> {
  if (await isFolder(root)) return;
  const way = insteadOf(root, `set data.root to the folder of ${dataset}`);
  throw new InputError(`${root} is no folder: ${way}`);
}

/** What systems leave behind in folders: hidden files, and those of Windows, macOS and network drives. */
const left =
  /^(\..*|__MACOSX|@eaDir|\$RECYCLE\.BIN|System Volume Information|(eh)?thumbs\.db|desktop\.ini)$/i;

/**
 * All files below `root` in the order of their names, links followed, without what systems leave behind. A folder that
 * links into itself is gone through once.
 */
export async function filesBelow(root: string): Promise<Listed[]> {
  const listed: Listed[] = [];
  await walk(root, '', new Set([await realpath(root)]), listed);
  return listed.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

/** @param around the folders on the way down from the root, their links resolved. */
async function walk(
  root: string,
  folder: string,
  around: ReadonlySet<string>,
  listed: Listed[],
): Promise<void> {
  const path = join(root, folder);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: Error) => {
    throw new InputError(`${path} cannot be listed: ${error.message}`);
  });
  for (const entry of entries) {
    if (left.test(entry.name)) continue;
    const real = folder === '' ? entry.name : `${folder}${sep}${entry.name}`;
    const isLink = entry.isSymbolicLink();
    if (entry.isDirectory() || (isLink && (await isFolder(join(root, real))))) {
      const target = await realpath(join(root, real));
      if (!around.has(target)) await walk(root, real, new Set([...around, target]), listed);
    } else listed.push({ path: spelt(real), real });
  }
}

/** Zip files made on Windows leave `\` in names elsewhere; macOS decomposes accents, other systems do not. */
export const spelt = (path: string): string => path.replaceAll('\\', '/').normalize('NFC');
