import { randomUUID } from 'node:crypto';
import { lstatSync } from 'node:fs';
import { appendFile, mkdir, open, readFile, readlink, rename, rm, stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { InputError, MachineError } from '../errors/errors.js';
import { systemReason } from './system-reason.js';

/** A name beside `path`, on the same file system, so that a rename onto `path` is atomic. */
export const besideName = (path: string): string =>
  join(dirname(path), `.${basename(path)}.${randomUUID().slice(0, 8)}`);

/** What is wrong with the place, and what with the machine: no room, no right to write. */
const faults = {
  place: new Set(['EEXIST', 'EISDIR', 'ENOTDIR', 'ENOTEMPTY', 'ELOOP', 'ENAMETOOLONG', 'ENOENT']),
  room: new Set(['ENOSPC', 'EDQUOT', 'EFBIG']),
  machine: new Set(['EACCES', 'EPERM', 'EROFS', 'EIO', 'EMFILE', 'ENFILE', 'ENOMEM', 'ESTALE']),
};

/** Why `path` was not written, by what the system said; another error as it is. */
export function writeError(path: string, error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === undefined) return error;
  const told = `${path} cannot be written (${systemReason(error as NodeJS.ErrnoException)})`;
  if (faults.place.has(code)) return new InputError(`${told}: name another place`);
  if (faults.room.has(code)) return new MachineError(`${told}: make room, or name another place`);
  if (faults.machine.has(code)) return new MachineError(`${told}: name another place`);
  return error;
}

/** Throws `InputError` where something is at `path` that nobody asked to replace. */
export function requireAbsent(path: string): void {
  if (!lstatSync(path, { throwIfNoEntry: false })) return;
  throw new InputError(
    `${path} exists and would be replaced: add --overwrite, or choose another place by --out`,
  );
}

/** Adds to the end of a file. Throws as `writeError` says. */
export const appendTo = (path: string, data: string | Uint8Array): Promise<void> =>
  appendFile(path, data).catch((error) => {
    throw writeError(path, error);
  });

/** What a symbolic link leads to, there or not, so that it stays; any other path is itself. */
export async function throughLinks(path: string, depth = 0): Promise<string> {
  const target = await readlink(path).catch(() => undefined);
  // The system follows 40, and says what is wrong with more.
  if (target === undefined || depth === 40) return path;
  return throughLinks(resolve(dirname(path), target), depth + 1);
}

/** Waits until the names in a folder are on the disk. Not every system can. */
async function syncFolder(path: string): Promise<void> {
  const folder = await open(path, 'r').catch(() => null);
  await folder?.sync().catch(() => {});
  await folder?.close();
}

/** A new file, on the disk when this is done. */
export async function writeNew(path: string, data: string | Uint8Array): Promise<void> {
  const file = await open(path, 'wx');
  try {
    await file.writeFile(data);
    await file.sync();
  } finally {
    await file.close();
  }
}

/**
 * Writes all of `data` or nothing: a reader sees the old file or the new one, also after a crash. A link stays one.
 */
export async function writeAtomically(path: string, data: string | Uint8Array): Promise<void> {
  const target = await throughLinks(path);
  const partial = besideName(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    await writeNew(partial, data);
    await rename(partial, target);
    await syncFolder(dirname(target));
  } catch (error) {
    await rm(partial, { force: true }).catch(() => {});
    throw writeError(path, error);
  }
}

export const writeJson = (path: string, value: unknown): Promise<void> =>
  writeAtomically(path, `${JSON.stringify(value, null, 2)}\n`);

/** A JSON file's value; undefined where it is missing. Throws `InputError` with the line where it is no JSON. */
export async function readJson(path: string): Promise<unknown> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined;
    throw error;
  });
  return text === undefined ? undefined : parseJson(text, path);
}

/** @param line that `text` begins with */
export function parseJson(text: string, path: string, line = 1): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    // V8 says where, but for a text that ends too early.
    const at = Number(/at position (\d+)/.exec((error as Error).message)?.[1] ?? text.length);
    const lines = text.slice(0, at).split('\n').length - 1;
    const reason = text.trim() === '' ? 'it is empty' : 'this is not JSON';
    throw new InputError(`${path}:${line + lines} is damaged: ${reason}`);
  }
}

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
