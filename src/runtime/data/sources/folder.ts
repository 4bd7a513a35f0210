import { join } from 'node:path';
import { InputError } from '../../errors.js';
import { classesOf, type Labels } from '../masks/labels.js';
import type { Given } from '../split/split.js';
import { entriesOf } from './entries.js';
import { filesBelow, isFolder, requireRoot } from './files.js';
import { pairFiles } from './pairs.js';
import { type Pattern, patternOf } from './pattern.js';

export interface FolderOptions {
  readonly root: string;
  /** Which files are images and masks: patterns of paths from the root. */
  readonly images: string;
  readonly masks: string;
  /** Null: `fov/{id}.*` where there is a folder fov, else there is no field of view. */
  readonly fov: string | null;
  /** Null: masks are of one class. */
  readonly labels: Labels | null;
  /** A regular expression over an image's path from the root; its first group is the patient. */
  readonly patient: string | null;
}

/** What a dataset's images are of, and which of them it keeps apart itself. */
export interface Source extends Given {
  readonly classes: readonly string[];
}

const parts = ['train', 'validation', 'test'] as const;

/** How folders of the parts are called. */
const partNames = {
  train: ['train', 'training'],
  validation: ['validation', 'valid', 'val'],
  test: ['test', 'testing'],
} as const;

/**
 * Any folder of images and masks. Where the root has a folder `train` (or `training`) and one `test`, the patterns hold
 * within each of them and the dataset is divided so. Throws one `InputError` with every file that lacks a partner.
 */
export async function openFolder(options: FolderOptions): Promise<Source> {
  const { root, labels } = options;
  await requireRoot(root, 'images and masks');
  const folders = await partFolders(root);
  const problems: string[] = [];
  const listed = async (folder: string) => listPart(options, folder, problems);
  const given =
    folders.train === null || folders.test === null
      ? { train: [], validation: [], test: [], unassigned: await listed('') }
      : {
          train: await listed(folders.train),
          validation: folders.validation === null ? [] : await listed(folders.validation),
          test: await listed(folders.test),
          unassigned: [],
        };
  problems.push(...repeatedIds(given));
  if (problems.length > 0) throw new InputError(...problems);
  return { classes: labels ? classesOf(labels) : ['foreground'], ...given };
}

async function partFolders(root: string): Promise<Record<(typeof parts)[number], string | null>> {
  const found: Record<string, string | null> = {};
  for (const part of parts) {
    found[part] = null;
    for (const name of partNames[part]) {
      if (await isFolder(join(root, name))) found[part] = name;
    }
  }
  return found as Record<(typeof parts)[number], string | null>;
}

/** @param folder the part's, from the root; empty for the root itself. */
async function listPart(options: FolderOptions, folder: string, problems: string[]) {
  const { root, labels, patient } = options;
  const patterns = await patternsOf(options, folder);
  const pairs = pairFiles(await filesBelow(root), patterns, problems);
  if (pairs.length === 0 && problems.length === 0) {
    problems.push(
      `${join(root, folder)} has no files ${options.images} with ${options.masks}: set data.images and data.masks to patterns of its names`,
    );
  }
  const patientOf = patientReader(patient, problems);
  return entriesOf(pairs, { root, labels, patientOf }, problems);
}

async function patternsOf({ root, images, masks, fov }: FolderOptions, folder: string) {
  const there = await isFolder(join(root, folder, 'fov'));
  const within = (text: string, key: string): Pattern =>
    patternOf(folder === '' ? text : `${folder}/${text}`, key);
  return {
    images: within(images, 'data.images'),
    masks: within(masks, 'data.masks'),
    fov: fov !== null || there ? within(fov ?? 'fov/{id}.*', 'data.fov') : null,
  };
}

function patientReader(patient: string | null, problems: string[]) {
  if (patient === null) return () => null;
  const expression = compiled(patient);
  return (image: string): string | null => {
    const found = expression.exec(image)?.[1];
    if (found === undefined) problems.push(`data.patient finds no patient in ${image}`);
    return found ?? null;
  };
}

function compiled(patient: string): RegExp {
  try {
    return new RegExp(patient);
  } catch {
    throw new InputError(`data.patient is no regular expression: ${patient}`);
  }
}

/** An id names one image of the whole dataset. */
export function repeatedIds({ train, validation, test, unassigned }: Given): string[] {
  const seen = new Map<string, string>();
  const problems: string[] = [];
  for (const { id, files } of [...train, ...validation, ...test, ...unassigned]) {
    const path = files?.image ?? id;
    const other = seen.get(id);
    if (other !== undefined)
      problems.push(`${other} and ${path} have the same id ${id}: rename one`);
    seen.set(id, path);
  }
  return problems;
}
