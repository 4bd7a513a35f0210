import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { InputError } from '../runtime/errors/errors.js';
import { kindOfFile } from '../runtime/files/kinds.js';
import { insteadOf } from '../runtime/files/missing.js';

/**
 * A file at each path, or the files that are wanted of a folder there and of those in it, in order of name; none twice.
 * A run keeps its sources as they were: a run's folder is left out unless it is named.
 */
export function sourceFiles(
  paths: readonly string[],
  isWanted: (path: string) => boolean,
): readonly string[] {
  return [...new Set(paths.flatMap((path) => filesAt(path, isWanted)))];
}

export const isNetFile = (path: string): boolean => path.endsWith('.net');

function filesAt(path: string, isWanted: (path: string) => boolean): readonly string[] {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) {
    throw new InputError(
      `${path} is missing: ${insteadOf(path, 'name .net files or folders of them')}`,
    );
  }
  return found.isDirectory() ? filesIn(path, isWanted) : [path];
}

function filesIn(folder: string, isWanted: (path: string) => boolean): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const inside = join(folder, entry.name);
      if (!entry.isDirectory()) return isWanted(inside) ? [inside] : [];
      const isSkipped = entry.name === 'node_modules' || entry.name.startsWith('.');
      return isSkipped || kindOfFile(inside) === 'run' ? [] : filesIn(inside, isWanted);
    });
}
