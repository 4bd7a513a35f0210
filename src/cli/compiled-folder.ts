import { readdir } from 'node:fs/promises';
import { basename, extname, join } from 'node:path';
import { InputError } from '../runtime/errors/errors.js';
import { readText } from '../runtime/files/text.js';

/** What `netc compile` writes. */
export const compiledFiles = ['saved_model.pb', 'graph.txt'] as const;

/** Beside the file: `r2au-compiled`, and `two-Wider-compiled` where one of its models is named. */
export function folderBeside(file: string, model: string | undefined): string {
  const stem = basename(file, extname(file));
  return join(file, '..', `${stem}${model === undefined ? '' : `-${model}`}-compiled`);
}

/**
 * Throws `InputError` where writing into the folder would replace what `netc compile` did not write, and where nobody
 * named it and it holds other things.
 */
export async function requireOwn(folder: string, isNamed: boolean): Promise<void> {
  const entries: readonly string[] = await readdir(folder).catch(() => []);
  const inTheWay = compiledFiles.find((name) => entries.includes(name));
  const isOwn = /^graph \w+\n/.test(
    readText(join(folder, 'graph.txt'), Number.POSITIVE_INFINITY) ?? '',
  );
  if (entries.length === 0 || (inTheWay ? isOwn && !entries.includes('variables') : isNamed))
    return;
  const held = inTheWay ? `a ${inTheWay} that netc compile did not write` : 'other files';
  throw new InputError(`${folder} holds ${held}: name another folder by --out`);
}
