import { join } from 'node:path';
import { InputError } from '../../errors/errors.js';
import type { ListedImage } from '../dataset.js';
import type { Given } from '../split/split.js';
import { type Listed, spelt } from './files.js';
import { imagesOf } from './images.js';
import { type Paired, type PairedImage, pairFiles, type Roles } from './pairs.js';
import { type Part, withoutPart } from './parts.js';
import { examples, unpairedProblems } from './unpaired.js';

/** What a dataset's images are of, and which of them it keeps apart itself. */
export interface Source extends Given {
  readonly classes: readonly string[];
}

/** Where the files of one part are; of what belongs to none where `part` is null. */
export interface PartRoles extends Roles {
  readonly part: Part | null;
}

export interface SourceOptions {
  readonly root: string;
  readonly classes: readonly string[];
  /** The patient of an image by its path where no pattern names one: null where none is known, undefined where one should be. */
  readonly patientOf: (image: string) => string | null | undefined;
}

/** The pairs of one part. */
export interface PairedPart extends PartRoles {
  readonly paired: Paired;
}

export const pairParts = (files: readonly Listed[], parts: readonly PartRoles[]): PairedPart[] =>
  parts.map((roles) => ({ ...roles, paired: pairFiles(files, roles) }));

/**
 * Throws `InputError` where a `*`, a `{patient}` or a `**` takes images of what folders keep apart for one set.
 */
export function requireApart(files: readonly Listed[], parts: readonly PartRoles[]): void {
  const whole = parts.find(({ part }) => part === null)?.images;
  const taken = files
    .filter(({ path }) => whole?.find(path))
    .map(({ path }) => ({ path, folder: withoutPart(path).folder }))
    .find(({ folder }) => folder !== '');
  if (!taken) return;
  throw new InputError(
    `the images ${whole?.text} take in ${taken.path}, whose folder ${taken.folder} sets it apart: write data.images and data.masks as they hold within that folder, or name the folder in them`,
  );
}

/**
 * The images of a dataset by part. Images to validate or to test on that have no mask at all are without ground truth.
 * Throws one `InputError` with all that is wrong.
 *
 * @param advice on what does not pair, where there is any.
 */
export async function sourceOf(
  parts: readonly PairedPart[],
  { root, classes, patientOf }: SourceOptions,
  advice: () => readonly string[],
): Promise<Source> {
  const problems: string[] = [];
  const given: Record<Part | 'unassigned', ListedImage[]> = {
    train: [],
    validation: [],
    test: [],
    unassigned: [],
  };
  const unlabelled: ListedImage[] = [];
  /** Images of no patient. */
  const unknown: string[] = [];
  const restarts = restartsIn(parts);
  for (const { part, paired, ...roles } of parts) {
    const named = (pair: PairedImage) => {
      const patient = pair.patient ?? patientOf(spelt(pair.image));
      if (patient === undefined) unknown.push(spelt(pair.image));
      const id = restarts && part !== null ? `${part}-${pair.id}` : pair.id;
      return { ...pair, id, patient: patient ?? null };
    };
    if (isWithoutTruth(part, paired)) {
      problems.push(...unpairedProblems({ ...paired, lone: [] }, roles));
      unlabelled.push(...paired.unlabelled.map(named).map((pair) => withoutTruth(root, pair)));
      continue;
    }
    problems.push(...unpairedProblems(paired, roles));
    const images = await imagesOf(paired.pairs.map(named), root);
    given[part ?? 'unassigned'].push(...images);
  }
  if (problems.length > 0) problems.push(...advice());
  if (unknown.length > 0) problems.push(`data.patient finds no patient in ${examples(unknown)}`);
  if (given.train.length === 0 && parts.some(({ part }) => part !== null)) {
    // What lies outside of the folders to validate and to test on is to train on.
    given.train = given.unassigned.splice(0);
  }
  problems.push(...repeatedIds([...Object.values(given).flat(), ...unlabelled]));
  if (problems.length > 0) throw new InputError(...problems);
  return { classes, ...given, unlabelled };
}

/** Whether names begin anew in each part, as train/000.png and test/000.png: ids then have the part before them. */
function restartsIn(parts: readonly PairedPart[]): boolean {
  const partOf = new Map<string, Part>();
  for (const { part, paired } of parts) {
    if (part === null) continue;
    for (const { id } of [...paired.pairs, ...paired.unlabelled]) {
      const key = id.toLowerCase();
      if ((partOf.get(key) ?? part) !== part) return true;
      partOf.set(key, part);
    }
  }
  return false;
}

/** Whether a part is images alone, to validate or to test on. */
export const isWithoutTruth = (part: Part | null, { counts }: Paired): boolean =>
  (part === 'validation' || part === 'test') && counts.images > 0 && counts.masks === 0;

const withoutTruth = (root: string, { id, patient, image, fov }: PairedImage): ListedImage => ({
  id,
  group: patient,
  files: { image: join(root, image), masks: [], fov: fov && join(root, fov), slice: 0 },
});

/** An id names one image of the whole dataset, on file systems that do not know case from case too. */
function repeatedIds(entries: readonly ListedImage[]): string[] {
  const seen = new Map<string, ListedImage>();
  const repeated: string[] = [];
  for (const entry of entries) {
    const other = seen.get(entry.id.toLowerCase());
    if (other) repeated.push(`${fileOf(other)} and ${fileOf(entry)}`);
    seen.set(entry.id.toLowerCase(), entry);
  }
  if (repeated.length === 0) return [];
  if (repeated.length === 1) return [`${repeated[0]} have the same id: rename one`];
  const some = examples(repeated, 2);
  return [
    `${repeated.length} ids are of two images each, ${some}: rename them, or keep one of the folders`,
  ];
}

const fileOf = ({ id, files }: ListedImage): string => files?.image ?? id;
