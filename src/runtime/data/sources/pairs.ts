import type { Listed } from './files.js';
import type { Found, Pattern } from './pattern.js';

/** What the files of a dataset are to an image. */
export type Role = 'images' | 'masks' | 'fov';

/** The files of one image, by paths from the root as the file system spells them. */
export interface PairedImage {
  /** Unique among the images of its patient; with the patient before it where patterns name one. */
  readonly id: string;
  /** Null where no pattern names one. */
  readonly patient: string | null;
  readonly image: string;
  /** One, or several whose union is meant. */
  readonly masks: readonly string[];
  readonly fov: string | null;
}

/** The patterns of each role. */
export interface Roles {
  readonly images: Pattern;
  readonly masks: Pattern;
  /** Null: there are no field-of-view masks; otherwise each image needs one. */
  readonly fov: Pattern | null;
}

/** A file that a pattern finds. */
interface Claim extends Found {
  readonly role: Role;
  readonly file: Listed;
}

/** A file without a partner. */
export interface Lone extends Claim {
  readonly missing: Role;
}

/** Files of one role that are of the same image, where one is meant. */
export interface Clash {
  readonly role: Role;
  readonly id: string;
  readonly paths: readonly [string, string];
}

export interface Paired {
  readonly pairs: readonly PairedImage[];
  readonly lone: readonly Lone[];
  readonly clashes: readonly Clash[];
  /** Images with whatever field of view they have, where no file at all is a mask. */
  readonly unlabelled: readonly PairedImage[];
  /** How many files each role has. */
  readonly counts: Readonly<Record<Role, number>>;
}

/** Files of one role by the key that they share with those of the others. */
type Claims = Map<string, Same>;
/** Files of one role that are of the same image. */
type Same = [Claim, ...Claim[]];

/**
 * Pairs files by the id, and the patient where both patterns name one, that their patterns find in their paths. A file
 * that several patterns match belongs to the one with the most letters written out; one that none matches is left alone.
 * Ids that differ in case alone are the same where nothing else fits.
 */
export function pairFiles(files: readonly Listed[], roles: Roles): Paired {
  const claimed = claims(files, roles);
  const clashes: Clash[] = [];
  const used = [roles.images, roles.masks, ...(roles.fov ? [roles.fov] : [])];
  const byPatient = used.every(({ hasPatient }) => hasPatient);
  const byKey = (role: Role) => gathered(role, claimed[role], byPatient, clashes);
  const images = byKey('images');
  const masks = partnersOf(images, byKey('masks'));
  const fovs = partnersOf(images, byKey('fov'));
  const lone: Lone[] = [...masks.left, ...fovs.left].map((claim) => ({
    ...claim,
    missing: 'images',
  }));
  const pairs: PairedImage[] = [];
  const unlabelled: PairedImage[] = [];
  for (const [image] of images.values()) {
    const [own, fov] = [masks.of.get(image), fovs.of.get(image)];
    const pair = {
      id: byPatient ? nameOf(image) : image.id,
      patient: image.patient,
      image: image.file.real,
      masks: (own ?? []).map(({ file }) => file.real),
      fov: fov?.[0].file.real ?? null,
    };
    if (!own) lone.push({ ...image, missing: 'masks' });
    if (roles.fov && !fov) lone.push({ ...image, missing: 'fov' });
    if (claimed.masks.length === 0) unlabelled.push(pair);
    else if (own && (fov || !roles.fov)) pairs.push(pair);
  }
  const counts = {
    images: claimed.images.length,
    masks: claimed.masks.length,
    fov: claimed.fov.length,
  };
  const sorted = (all: PairedImage[]) => all.sort((a, b) => (a.id < b.id ? -1 : 1));
  return { pairs: sorted(pairs), unlabelled: sorted(unlabelled), lone, clashes, counts };
}

function claims(files: readonly Listed[], roles: Roles): Record<Role, Claim[]> {
  const claimed: Record<Role, Claim[]> = { images: [], masks: [], fov: [] };
  for (const file of files) {
    let best: { role: Role; found: Found } | undefined;
    for (const role of ['images', 'masks', 'fov'] as const) {
      const found = roles[role]?.find(file.path);
      if (found && (!best || found.letters > best.found.letters)) best = { role, found };
    }
    if (best) claimed[best.role].push({ ...best.found, role: best.role, file });
  }
  return claimed;
}

const keyOf = ({ id, patient }: Found, byPatient: boolean): string =>
  byPatient ? `${patient}/${id}` : id;

/** `P1-000`; the id alone where it begins with the patient already. */
function nameOf({ id, patient }: Found): string {
  const begins = patient !== null && id.startsWith(patient);
  const isWhole = begins && !/^[\p{L}\p{N}]/u.test(id.slice(patient.length));
  return patient === null || isWhole ? id : `${patient}-${id}`;
}

function gathered(role: Role, all: readonly Claim[], byPatient: boolean, clashes: Clash[]): Claims {
  const byKey: Claims = new Map();
  for (const claim of all) {
    const key = keyOf(claim, byPatient);
    const others = byKey.get(key);
    const other = others?.find(({ alone }) => role !== 'masks' || (alone && alone === claim.alone));
    if (other) clashes.push({ role, id: claim.id, paths: [other.file.path, claim.file.path] });
    else if (others) others.push(claim);
    else byKey.set(key, [claim]);
  }
  return byKey;
}

/** The files of another role that go with each image, and those that go with none. */
function partnersOf(
  images: Claims,
  others: Claims,
): { of: ReadonlyMap<Claim, Same>; left: Claim[] } {
  const of = new Map<Claim, Same>();
  const without = new Map<string, Claim>();
  const left = new Map(others);
  for (const [key, [image]] of images) {
    const found = others.get(key);
    if (found) of.set(image, found);
    else without.set(key, image);
    left.delete(key);
  }
  const byCase = grouped(left.keys());
  for (const [key, [only, ...more]] of grouped(without.keys())) {
    const [other, ...others] = byCase.get(key) ?? [];
    if (other === undefined || more.length + others.length > 0) continue;
    of.set(without.get(only!) as Claim, left.get(other) as Same);
    left.delete(other);
  }
  return { of, left: [...left.values()].map(([first]) => first) };
}

/** Keys that differ in case alone. */
function grouped(keys: Iterable<string>): Map<string, string[]> {
  const groups = new Map<string, string[]>();
  for (const key of keys) {
    const lower = key.toLowerCase();
    groups.set(lower, [...(groups.get(lower) ?? []), key]);
  }
  return groups;
}
