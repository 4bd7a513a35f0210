import { randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { InputError } from '../errors/errors.js';

/** A name beside `path`, on the same file system, so that a rename onto `path` is atomic. */
export const besideName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);

const placeIsTaken = new Set(['EACCES', 'EEXIST', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'EPERM']);

/** Why `path` was not written; as it is where the machine is at fault and not the place. */
export function writeError(path: string, error: unknown): unknown {
  const { code, message } = error as NodeJS.ErrnoException;
  if (code === undefined || !placeIsTaken.has(code)) return error;
  const reason = /: (.*?),/.exec(message)?.[1] ?? code;
  return new InputError(`${path} cannot be written (${reason}): name another place`);
}

/**
 * Writes all of `data` or nothing: a reader sees the old file or the new one, also after a crash.
 */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const partial = besideName(path);
  try {
    await mkdir(dirname(path), { recursive: true });
    const file = await open(partial, 'w');
    try {
      await file.writeFile(data);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(partial, path);
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw writeError(path, error);
  }
}

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);

/** A JSON file's value; undefined where it is missing or no JSON. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  try {
    return text === undefined ? undefined : JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
