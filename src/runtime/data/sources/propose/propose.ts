import { InputError } from '../../../errors/errors.js';
import type { Listed } from '../files.js';
import { pairFiles } from '../pairs.js';
import { partCalled, withoutPart } from '../parts.js';
import { patternOf } from '../pattern.js';
import { type Affixes, affixesOf } from './affixes.js';
import { evidenceOf, type Group, groupsIn, type Member } from './groups.js';

/** Patterns that would pair more. */
export interface Proposal {
  readonly images: string;
  readonly masks: string;
  /** How many images they pair, of how many that they find. */
  readonly pairs: number;
  readonly all: number;
  /** Files that they find and do not pair. */
  readonly lone: number;
  /** The folder of the part that was looked at; empty where it was the whole root. */
  readonly folder: string;
}

/**
 * The patterns that pair most of the files: found by trying what folders and the differences of names suggest, within the
 * largest part first, else from the root. Undefined where nothing pairs, or names do not tell images from masks.
 *
 * @param inUse the pattern of images, kept where no other pairs more.
 * @param says how much a pattern says that it is of masks.
 */
export function propose(
  files: readonly Listed[],
  inUse: string,
  says = evidenceOf,
): Proposal | undefined {
  const part = largestPart(files);
  const found = part && proposeIn(part.files, inUse, says);
  if (found) return { ...found, folder: part.folder };
  const whole = proposeIn(files, inUse, says);
  return whole && { ...whole, folder: '' };
}

type Proposed = Omit<Proposal, 'folder'>;

function proposeIn(
  files: readonly Listed[],
  inUse: string,
  says: (text: string) => number,
): Proposed | undefined {
  const groups = groupsIn(files);
  const tried = new Set<string>();
  let best: (Proposed & { evidence: number }) | undefined;
  for (const images of groups.filter(isNotApart)) {
    for (const masks of groups) {
      const difference = differenceOf(images, masks);
      for (const texts of textsOf(images, masks)) {
        const evidence = says(texts.masks);
        const key = `${texts.images} ${texts.masks}`;
        if (tried.has(key) || difference + evidence - says(texts.images) <= 0) continue;
        tried.add(key);
        const proposed = attempt(files, texts, inUse);
        if (proposed && (!best || isBetter({ ...proposed, evidence }, best, inUse)))
          best = { ...proposed, evidence };
        if (best?.pairs === files.length / 2) return best;
      }
    }
  }
  return best && best.pairs > 0 ? best : undefined;
}

/** The files of the part with most of them, its folder taken out of their paths; undefined where there are no parts. */
function largestPart(files: readonly Listed[]): { folder: string; files: Listed[] } | undefined {
  const parts = new Map<string, Listed[]>();
  for (const { real, path: whole } of files) {
    const { path, folder } = withoutPart(whole);
    if (folder === '') continue;
    const others = parts.get(folder);
    if (others) others.push({ real, path });
    else parts.set(folder, [{ real, path }]);
  }
  const trains = (folder: string) => Number(partCalled(folder) === 'train');
  const [largest] = [...parts].sort(
    ([a, some], [b, others]) => others.length - some.length || trains(b) - trains(a),
  );
  return largest && { folder: largest[0], files: largest[1] };
}

/** Images kept apart to be scored are not proposed to train on. */
const isNotApart = ({ folder }: Group): boolean =>
  folder.split('/').every((name) => [undefined, 'train'].includes(partCalled(name)));

/** Photographs are seldom masks: where names do not tell, JPEG beside another format does. */
const differenceOf = (images: Group, masks: Group): number =>
  /^\.jpe?g$/.test(images.ending) && !/^\.jpe?g$|^\.\*$/.test(masks.ending) ? 0.5 : 0;

function textsOf(images: Group, masks: Group): { images: string; masks: string }[] {
  const open = [images, masks].map(({ folder }) => folder.includes('*'));
  const byPatient = open[0] && open[1] && namesPatients(images);
  const text = ({ folder, ending }: Group, [before, behind]: Affixes['images']) =>
    `${byPatient ? folder.replace('*', '{patient}') : folder}${before}{id}${behind}${ending}`;
  return affixesOf(images.members, masks.members, byPatient!)
    .flatMap((affixes) => [affixes, ...withMore(affixes, masks)])
    .map((affixes) => ({
      images: text(images, affixes.images),
      masks: text(masks, affixes.masks),
    }))
    .concat(open[0] && open[1] ? namedByFolder(images, masks) : [])
    .filter((texts) => texts.images !== texts.masks);
}

/**
 * Folders that are the ids: of the same names within, `case1/imaging.nii` and `case1/segmentation.nii`, or of one image
 * and several masks, `1a2b/images/1a2b.png` and `1a2b/masks/*.png`.
 */
function namedByFolder(images: Group, masks: Group): { images: string; masks: string }[] {
  const texts = ({ folder, ending, members }: Group): string[] => {
    const stems = [...new Set(members.map(({ stem }) => stem))];
    const within = folder.replace('*', '{id}');
    if (2 * stems.length > members.length) return [`${within}*${ending}`];
    return stems.slice(0, 6).map((stem) => `${within}${stem}${ending}`);
  };
  return texts(images).flatMap((one) =>
    texts(masks).map((other) => ({ images: one, masks: other })),
  );
}

/** Folders are patients where they have the same names within, or numbers in their own. */
function namesPatients({ members }: Group): boolean {
  const count = (key: (member: Member) => string) => new Set(members.map(key)).size;
  const isRepeated = count(({ stem }) => stem) < count(({ value, stem }) => `${value}/${stem}`);
  return isRepeated || members.every(({ value }) => /\d/.test(value));
}

/** Also several masks an image, where some names go on after what is behind the id. */
function withMore({ images, masks: [before, behind] }: Affixes, group: Group): Affixes[] {
  const goesOn = ({ stem }: { stem: string }) => stem.includes(behind) && !stem.endsWith(behind);
  if (behind === '' || !group.members.some(goesOn)) return [];
  return [{ images, masks: [before, `${behind}*`] }];
}

function attempt(
  files: readonly Listed[],
  texts: { images: string; masks: string },
  inUse: string,
): Proposed | undefined {
  try {
    const images = patternOf(texts.images, 'images');
    const masks = patternOf(texts.masks, 'masks');
    const found = pairFiles(files, { images, masks, fov: null });
    const kept = keeps(files, texts.images, inUse) ? inUse : texts.images;
    const lone = found.lone.length + found.clashes.length;
    return { ...texts, images: kept, pairs: found.pairs.length, all: found.counts.images, lone };
  } catch (error) {
    if (error instanceof InputError) return undefined;
    throw error;
  }
}

/** Whether the pattern in use finds the same images under the same ids, patient by patient. */
function keeps(files: readonly Listed[], text: string, inUse: string): boolean {
  const [one, other] = [patternOf(text, 'images'), patternOf(inUse, 'images')];
  const isSame = (path: string) => one.find(path)?.id === other.find(path)?.id;
  return one.hasPatient === other.hasPatient && files.every(({ path }) => isSame(path));
}

function isBetter(
  one: Proposed & { evidence: number },
  other: Proposed & { evidence: number },
  inUse: string,
): boolean {
  const by = [
    one.pairs - other.pairs,
    other.lone - one.lone,
    one.evidence - other.evidence,
    Number(one.images === inUse) - Number(other.images === inUse),
    other.images.length + other.masks.length - one.images.length - one.masks.length,
  ];
  return (by.find((difference) => difference !== 0) ?? 0) > 0;
}
