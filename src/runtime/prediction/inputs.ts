import { existsSync } from 'node:fs';
import { basename, join, resolve, sep } from 'node:path';
import { filesBelow } from '../data/sources/files.js';
import { patternOf } from '../data/sources/pattern.js';
import { InputError } from '../errors/errors.js';
import { isFolder } from '../files/disk.js';
import { endings, pictureEnding } from '../files/image-endings.js';

/** An image that is to be predicted. */
export interface Input {
  readonly path: string;
  /** What its name has in common with its field of view's: what the pattern found, else its name without the ending. */
  readonly id: string;
  /** How names of its predictions begin, from the folder they are written to: subfolders are kept. */
  readonly stem: string;
}

/** A path as far as no `*`, `?` or `{id}` is in it, and the rest. */
const parts = /^((?:[^*?{]*\/)?)(.*)$/s;

const isPattern = (name: string): boolean => /\*|\?|\{(id|patient)\}/.test(name);

/**
 * The images that are named: files, folders with all images below them, and patterns such as `scans/{id}_t1.png` or
 * `scans/*.png`. Throws `InputError` where a folder or pattern has none, or where two would be written to the same files.
 *
 * @param out the folder that predictions are written to: those of an earlier time are no images of a folder around it
 */
export async function inputsOf(names: readonly string[], out: string): Promise<readonly Input[]> {
  const inputs: Input[] = [];
  for (const name of names) {
    if (isPattern(name) && !existsSync(name)) inputs.push(...(await matching(name)));
    else if (await isFolder(name)) inputs.push(...(await below(name, out)));
    else inputs.push(inputOf(name, basename(name)));
  }
  requireApart(inputs);
  return inputs;
}

/** The name without its ending: `scan.nii.gz` is `scan`. */
const stemOf = (path: string): string => path.replace(/\.gz$/i, '').replace(/\.[^./]+$/, '');

function inputOf(path: string, name: string): Input {
  const stem = stemOf(name);
  return { path, id: basename(stem), stem };
}

async function below(folder: string, out: string): Promise<Input[]> {
  if (resolve(folder) === resolve(out)) {
    throw new InputError(
      `--out ${out} is the folder of the images, which would then hold predictions too: choose another folder`,
    );
  }
  const isPrediction = (file: string) => resolve(folder, file).startsWith(`${resolve(out)}${sep}`);
  const files = (await filesBelow(folder)).filter(
    ({ path, real }) => pictureEnding.test(path) && !isPrediction(real),
  );
  if (files.length > 0) return files.map(({ path, real }) => inputOf(join(folder, real), path));
  throw new InputError(
    `${folder} holds no images (${endings.join(', ')}): name a folder or files that are`,
  );
}

/** Of a pattern, each file by its id. A `*` alone stands for the id too. */
async function matching(name: string): Promise<Input[]> {
  const pattern = name.includes('{id}') ? name : name.replace(/(?<!\*)\*(?!\*)/, '{id}');
  const found = await filesOf(pattern, 'images');
  if (found.size > 0) return [...found].map(([id, path]) => ({ path, id, stem: id }));
  throw new InputError(`no file is named as ${name}: {id} and * stand for a part of one name`);
}

/**
 * The files of a pattern, by what `{id}` stands for in their paths, after what `{patient}` does where it has that. Throws
 * `InputError` where two are the same.
 * @param role what the command line calls the files
 */
export async function filesOf(name: string, role: string): Promise<ReadonlyMap<string, string>> {
  const [, root, rest] = parts.exec(name.replaceAll('\\', '/')) as RegExpExecArray;
  const { find } = patternOf(rest!, role);
  const folder = root === '' ? '.' : root!;
  const found = new Map<string, string>();
  for (const file of (await isFolder(folder)) ? await filesBelow(folder) : []) {
    const names = find(file.path);
    if (names === undefined) continue;
    const id = names.patient === null ? names.id : `${names.patient}-${names.id}`;
    const path = join(folder, file.real);
    const other = found.get(id);
    if (other !== undefined) throw new InputError(`${other} and ${path} are both ${id} of ${name}`);
    found.set(id, path);
  }
  return found;
}

function requireApart(inputs: readonly Input[]): void {
  const first = new Map<string, string>();
  for (const { path, stem } of inputs) {
    const other = first.get(stem);
    if (other !== undefined) {
      throw new InputError(
        `${other} and ${path} would both be written as ${stem}: predict them into two folders, or name the folder around them`,
      );
    }
    first.set(stem, path);
  }
}
