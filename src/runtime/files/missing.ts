import { readdirSync } from 'node:fs';
import { basename, dirname, extname, join } from 'node:path';
import { didYouMean } from '../../compiler/diagnostics/suggest.js';
import { InputError } from '../errors/errors.js';
import { otherKind, type Wanted } from './kinds.js';

/**
 * The file or folder that `path` was most likely meant to be: one of a similar name in the same
 * folder, or that name with an ending. Undefined where there is none.
 */
export function nearestFile(path: string): string | undefined {
  const [folder, name] = [dirname(path), basename(path)];
  const there = namesIn(folder);
  // What is there, though it is not what is wanted, is no slip of its own name.
  const names = there.filter((other) => other !== name);
  if (there.length === 0) {
    // The slip is further up: a folder's name.
    const nearer = folder === dirname(folder) ? undefined : nearestFile(folder);
    return nearer && namesIn(nearer).includes(name) ? join(nearer, name) : undefined;
  }
  const ended = names.find((other) => basename(other, extname(other)) === name);
  // Endings are alike by nature and weigh nothing: `a.net` is not near to `b.net`.
  const alike = names.filter((other) => extname(other) === extname(name));
  const stems = alike.map((other) => basename(other, extname(other)));
  const stem = didYouMean(basename(name, extname(name)), stems);
  const found = ended ?? (stem === undefined ? didYouMean(name, names) : stem + extname(name));
  return found && join(folder, found);
}

function namesIn(folder: string): readonly string[] {
  try {
    return readdirSync(folder).filter((name) => !name.startsWith('.'));
  } catch {
    return [];
  }
}

/** What to write in place of a path where nothing is; `otherwise` where no name is near. */
export function insteadOf(path: string, otherwise: string): string {
  const near = nearestFile(path);
  return near === undefined ? otherwise : `did you mean ${near}?`;
}

/** That no file is at `path`, or a folder where a file of some kind is wanted, with a suggestion. */
export const missing = (path: string, otherwise: string, wanted?: Wanted): InputError =>
  (wanted && otherKind(path, wanted)) ??
  new InputError(`${path} is missing: ${insteadOf(path, otherwise)}`);
