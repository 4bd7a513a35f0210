import { readdir, stat } from 'node:fs/promises';
import { InputError } from '../../errors.js';
import { insteadOf } from '../../not-there.js';

export const isFolder = (path: string): Promise<boolean> =>
  stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );

/** Throws `InputError` where `root` is no folder. */
export async function requireRoot(root: string, dataset: string): Promise<void> {
  if (await isFolder(root)) return;
  const way = insteadOf(root, `set data.root to the folder of ${dataset}`);
  throw new InputError(`${root} is no folder: ${way}`);
}

/** All that lies below `root`, by its path from there with `/`, in the order of names; what is hidden goes. */
export async function filesBelow(root: string): Promise<string[]> {
  const names = await readdir(root, { recursive: true });
  return names
    .map((name) => name.replaceAll('\\', '/'))
    .filter((name) => !/(^|\/)\./.test(name))
    .sort();
}
