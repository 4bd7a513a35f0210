import { closeSync, constants, fstatSync, openSync, readSync, statSync } from 'node:fs';
import { diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { Refusal } from '../../compiler/source/source.js';
import { InputError } from '../errors/errors.js';
import { systemReason } from './system-reason.js';

/** The largest text that is read: a network or an experiment has kilobytes. */
export const mostBytes = 16 * 2 ** 20;

/** What is at a path that should be a text. */
type Opened = { readonly text: string } | { readonly refusal: Refusal };

/**
 * The text at `path`, which is a regular file of at most `limit` bytes: a pipe would be waited for for ever, and a device has no
 * end. Undefined where nothing is there, or a folder. Errors of the machine are thrown.
 */
export function openText(path: string, limit = mostBytes): Opened | undefined {
  try {
    const kind = kindAt(path);
    return kind === 'file' ? readFile(path, limit) : kind;
  } catch (error) {
    return refusalOf(path, error as NodeJS.ErrnoException);
  }
}

/** As `openText`, where anything that is there but not read is an error. Throws `InputError`. */
export function readText(path: string, limit = mostBytes): string | undefined {
  const opened = openText(path, limit);
  if (!opened) return undefined;
  if ('text' in opened) return opened.text;
  throw new InputError(refusalWords(opened.refusal));
}

/** Why a file is not read, and what to do. */
export function refusalWords(refusal: Refusal): string {
  const nowhere = { file: { path: refusal.path, text: '' }, start: 0, end: 0 };
  const { message, suggestion } = diagnostic('NET0018', nowhere, refusal);
  return suggestion ? `${message}: ${suggestion.message}` : message;
}

function kindAt(path: string): 'file' | { readonly refusal: Refusal } | undefined {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (!stats || stats.isDirectory()) return undefined;
  return stats.isFile() ? 'file' : { refusal: { kind: 'kind', path } };
}

function readFile(path: string, limit: number): Opened {
  // What became a pipe since it was looked at is opened without waiting, and looked at again.
  const file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = fstatSync(file);
    if (!stats.isFile()) return { refusal: { kind: 'kind', path } };
    const bytes = stats.size > limit ? undefined : allOf(file, limit);
    return bytes ? { text: bytes.toString('utf8') } : { refusal: { kind: 'size', path, limit } };
  } finally {
    closeSync(file);
  }
}

/** Bytes that are read at once. */
const part = 2 ** 20;

/** What a file holds, whatever size it says it has: those of `/proc` say 0. Undefined where it is more than `limit`. */
function allOf(file: number, limit: number): Buffer | undefined {
  const parts: Buffer[] = [];
  let total = 0;
  for (;;) {
    const bytes = Buffer.allocUnsafe(part);
    const count = readSync(file, bytes, 0, part, null);
    if (count === 0) return Buffer.concat(parts);
    parts.push(bytes.subarray(0, count));
    total += count;
    if (total > limit) return undefined;
  }
}

/** What the path, and not the machine, is at fault for. */
const atPath = new Set(['ELOOP', 'ENAMETOOLONG', 'EACCES', 'EPERM', 'ENXIO']);
const absent = new Set(['ENOENT', 'ENOTDIR', 'EISDIR', 'ERR_INVALID_ARG_VALUE']);

function refusalOf(path: string, error: NodeJS.ErrnoException): Opened | undefined {
  const { code = '' } = error;
  if (absent.has(code)) return undefined;
  if (!atPath.has(code)) throw error;
  return { refusal: { kind: 'denied', path, reason: systemReason(error) } };
}
