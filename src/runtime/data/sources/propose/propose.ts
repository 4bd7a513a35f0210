import { InputError } from '../../../errors.js';
import type { Listed } from '../files.js';
import { pairFiles } from '../pairs.js';
import { withoutPart } from '../parts.js';
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
}

/**
 * The patterns, within the folders of the parts, that pair most of the files: found by trying what folders and the
 * differences of names suggest. Undefined where nothing pairs, or names do not tell images from masks.
 *
 * @param inUse tried for the images first; kept where no other pairs more.
 */
export function propose(files: readonly Listed[], inUse: string): Proposal | undefined {
  const tried = files.flatMap(largestPart(files));
  const groups = groupsIn(tried);
  let best: (Proposal & { evidence: number }) | undefined;
  for (const images of groups) {
    for (const masks of groups) {
      const evidence = differenceOf(images, masks);
      for (const texts of textsOf(images, masks)) {
        if (evidence + evidenceOf(texts.masks) - evidenceOf(texts.images) <= 0) continue;
        const proposal = attempt(tried, texts, inUse);
        if (!proposal) continue;
        const one = { ...proposal, evidence: evidenceOf(texts.masks) };
        if (!best || isBetter(one, best, inUse)) best = one;
      }
    }
  }
  return best && best.pairs > 0 ? best : undefined;
}

/** Of files that several parts have, those of the part with most of them, its folder taken out of their paths. */
function largestPart(files: readonly Listed[]): (file: Listed) => Listed[] {
  const counts = new Map<string, number>();
  for (const { path } of files) {
    const { folder } = withoutPart(path);
    if (folder !== '') counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  const [largest] = [...counts].sort((a, b) => b[1] - a[1])[0] ?? [''];
  return (file) => {
    const { path, folder } = withoutPart(file.path);
    return folder === '' || folder === largest ? [{ ...file, path }] : [];
  };
}

/** Photographs are seldom masks: where names do not tell, JPEG beside another format does. */
const differenceOf = (images: Group, masks: Group): number =>
  /^\.jpe?g$/.test(images.ending) && !/^\.jpe?g$|^\.\*$/.test(masks.ending) ? 0.5 : 0;

function textsOf(images: Group, masks: Group): { images: string; masks: string }[] {
  const open = [images, masks].map(({ folder }) => folder.includes('*'));
  const byPatient = open[0] && open[1] && namesPatients(images);
  const text = ({ folder, ending }: Group, [before, behind]: Affixes['images']) =>
    `${byPatient ? folder.replace('*', '{patient}') : folder}${before}{id}${behind}${ending}`;
  return affixesOf(images.members, masks.members, byPatient)
    .flatMap((affixes) => [affixes, ...withMore(affixes, masks)])
    .map((affixes) => ({
      images: text(images, affixes.images),
      masks: text(masks, affixes.masks),
    }))
    .filter((texts) => texts.images !== texts.masks);
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
): Proposal | undefined {
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

/** Whether the pattern in use finds the same images under the same ids. */
function keeps(files: readonly Listed[], text: string, inUse: string): boolean {
  const [one, other] = [patternOf(text, 'images'), patternOf(inUse, 'images')];
  return files.every(({ path }) => one.find(path)?.id === other.find(path)?.id);
}

function isBetter(
  one: Proposal & { evidence: number },
  other: Proposal & { evidence: number },
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
