import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { insteadOf } from '../../not-there.js';
import type { Entry } from '../dataset.js';
import { readPicture, readSize } from '../formats/read-picture.js';
import { readMask } from '../masks/read-mask.js';
import type { Sample } from '../sample.js';
import { requireRoot } from './files.js';
import type { Source } from './folder.js';

const splits = ['training', 'test'] as const;
const kinds = ['images', '1st_manual', 'mask'] as const;
type Split = (typeof splits)[number];
type Kind = (typeof kinds)[number];

/** The three files of one retina, by the number their names begin with. */
interface Retina {
  readonly id: string;
  readonly files: Readonly<Record<Kind, string>>;
}

const nouns: Record<Kind, string> = {
  images: 'image',
  '1st_manual': 'manual segmentation',
  mask: 'field-of-view mask',
};

/**
 * DRIVE (Staal et al. 2004) as it is distributed: `{training,test}/{images,1st_manual,mask}`, files
 * paired by their leading number. Throws one `InputError` that names every missing file and every
 * size that differs.
 */
export async function openDrive(root: string): Promise<Source> {
  await requireRoot(root, 'DRIVE');
  const problems: string[] = [];
  const training = await entriesOf(root, 'training', problems);
  const test = await entriesOf(root, 'test', problems);
  for (const entry of [...training, ...test]) problems.push(...(await sizeProblems(entry)));
  if (problems.length > 0) throw new InputError(...problems);
  return {
    classes: ['vessel'],
    train: training.map(entryOf),
    validation: [],
    test: test.map(entryOf),
    unassigned: [],
  };
}

async function entriesOf(root: string, split: Split, problems: string[]): Promise<Retina[]> {
  const byKind = {} as Record<Kind, Map<string, string>>;
  for (const kind of kinds) {
    const folder = join(root, split, kind);
    const names = await readdir(folder).catch(() => undefined);
    if (!names)
      problems.push(
        `${folder} is not there: ${insteadOf(folder, 'set data.root to the folder of DRIVE')}`,
      );
    byKind[kind] = numbered(folder, names ?? [], problems);
    if (names && byKind[kind].size === 0) {
      problems.push(`${folder} holds no file whose name begins with a number, as 21_training.tif`);
    }
  }
  if (kinds.some((kind) => byKind[kind].size === 0)) return [];
  const ids = [...new Set(kinds.flatMap((kind) => [...byKind[kind].keys()]))].sort();
  const entries: Retina[] = [];
  for (const id of ids) {
    const missing = kinds.filter((kind) => !byKind[kind].has(id));
    const present = kinds.find((kind) => byKind[kind].has(id)) as Kind;
    for (const kind of missing) {
      problems.push(
        `${join(root, split, kind)} has no ${nouns[kind]} ${id}, which ${byKind[present].get(id)} wants: add it or remove that file`,
      );
    }
    if (missing.length > 0) continue;
    const file = (kind: Kind) => byKind[kind].get(id) as string;
    entries.push({
      id,
      files: { images: file('images'), '1st_manual': file('1st_manual'), mask: file('mask') },
    });
  }
  return entries;
}

function numbered(
  folder: string,
  names: readonly string[],
  problems: string[],
): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of names.toSorted()) {
    const id = /^\d+/.exec(name)?.[0];
    if (id === undefined) continue;
    const path = join(folder, name);
    const other = files.get(id);
    if (other) problems.push(`${other} and ${path} have the same number: remove one`);
    files.set(id, path);
  }
  return files;
}

async function sizeProblems({ files }: Retina): Promise<string[]> {
  try {
    const size = await readSize(files.images);
    const problems: string[] = [];
    for (const kind of ['1st_manual', 'mask'] as const) {
      const other = await readSize(files[kind]);
      if (other.width === size.width && other.height === size.height) continue;
      problems.push(
        `${files[kind]} is ${other.width}x${other.height}, but its image ${files.images} is ${size.width}x${size.height}: they must have one size`,
      );
    }
    return problems;
  } catch (error) {
    if (error instanceof InputError) return [error.message];
    throw error;
  }
}

const entryOf = (retina: Retina): Entry => ({
  id: retina.id,
  group: null,
  files: {
    image: retina.files.images,
    masks: [retina.files['1st_manual']],
    fov: retina.files.mask,
    slice: 0,
  },
  read: () => readRetina(retina),
});

async function readRetina({ id, files }: Retina): Promise<Sample> {
  const [image, mask, fov] = await Promise.all([
    readPicture(files.images),
    readMask(files['1st_manual']),
    readMask(files.mask),
  ]);
  return { id, image, mask, fov };
}
