import type { Member } from './groups.js';

/** What stands before and behind the id in names of images and in names of masks. */
export interface Affixes {
  readonly images: readonly [before: string, behind: string];
  readonly masks: readonly [before: string, behind: string];
}

/** How many masks are looked at, and how many of the answers are tried. */
const [sampled, tried] = [40, 4];
/** How many images with the same number are compared. */
const few = 4;

/**
 * The differences between names of images and of masks that most masks have with some image: `_seg` behind, `img_` for
 * `mask_`, `_training` for `_manual1`.
 *
 * @param byValue whether a mask is sought among the images of its own folder alone.
 */
export function affixesOf(
  images: readonly Member[],
  masks: readonly Member[],
  byValue: boolean,
): Affixes[] {
  const stems = new Map<string, Stems>();
  const key = ({ value }: Member) => (byValue ? value : '');
  for (const member of images) {
    const found = stems.get(key(member)) ?? emptyStems();
    found.all.add(member.stem);
    for (const [number] of member.stem.matchAll(/\d+/g)) {
      const others = found.byNumber.get(number) ?? [];
      if (others.length < few) found.byNumber.set(number, [...others, member.stem]);
    }
    stems.set(key(member), found);
  }
  for (const found of stems.values()) {
    found.sorted = [...found.all].sort();
    found.reversed = found.sorted.map(reversed).sort();
  }
  const counts = new Map<string, { affixes: Affixes; count: number }>();
  const step = Math.max(1, Math.floor(masks.length / sampled));
  for (let i = 0; i < masks.length; i += step) {
    const near = stems.get(key(masks[i]!));
    for (const affixes of near ? differences(masks[i]!.stem, near) : []) {
      const text = JSON.stringify(affixes);
      const known = counts.get(text);
      counts.set(text, { affixes, count: (known?.count ?? 0) + 1 });
    }
  }
  const best = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, tried);
  return best.map(({ affixes }) => affixes);
}

interface Stems {
  readonly all: Set<string>;
  sorted: string[];
  /** Written backwards, sorted. */
  reversed: string[];
  /** A few that have the number. */
  readonly byNumber: Map<string, readonly string[]>;
}

const emptyStems = (): Stems => ({
  all: new Set(),
  sorted: [],
  reversed: [],
  byNumber: new Map(),
});

/** How a mask's name may differ from its image's. */
function differences(
  mask: string,
  { all, sorted, reversed: backwards, byNumber }: Stems,
): Affixes[] {
  const found: Affixes[] = [];
  const add = (images: Affixes['images'], masks: Affixes['masks']) => found.push({ images, masks });
  if (all.has(mask)) add(['', ''], ['', '']);
  const behind = cut(mask.length - 1, (k) => all.has(mask.slice(0, k)));
  if (behind > 0) add(['', ''], ['', mask.slice(behind)]);
  const before = cut(mask.length - 1, (k) => all.has(mask.slice(-k)));
  if (before > 0) add(['', ''], [mask.slice(0, -before), '']);
  for (const image of neighbours(mask, sorted)) {
    const n = idEnd(mask, common(mask, image));
    if (n > 0) add(['', image.slice(n)], ['', mask.slice(n)]);
  }
  const turned = reversed(mask);
  for (const image of neighbours(turned, backwards)) {
    const n = idEnd(turned, common(turned, image));
    if (n > 0) add([reversed(image.slice(n)), ''], [reversed(turned.slice(n)), '']);
  }
  for (const { 0: number, index } of mask.matchAll(/\d+/g)) {
    const behindMask = around(mask, index, number);
    for (const image of byNumber.get(number) ?? []) {
      if (image !== mask) add(around(image, image.indexOf(number), number), behindMask);
    }
  }
  return found;
}

const around = (text: string, at: number, { length }: string): [string, string] => [
  text.slice(0, at),
  text.slice(at + length),
];

/** The greatest length from `most` down for which it is so; 0 where it never is. */
function cut(most: number, is: (length: number) => boolean): number {
  for (let k = most; k > 0; k--) if (is(k)) return k;
  return 0;
}

/** The id ends where letters or digits end, not within a number nor at a mark between words. */
function idEnd(text: string, length: number): number {
  let n = length;
  while (n > 0 && n < text.length && /\d/.test(text[n]!) && /\d/.test(text[n - 1]!)) n--;
  while (n > 0 && /[\s._-]/.test(text[n - 1]!)) n--;
  return n;
}

const reversed = (text: string): string => [...text].reverse().join('');

function common(a: string, b: string): number {
  let n = 0;
  while (n < a.length && n < b.length && a[n] === b[n]) n++;
  return n;
}

/** The texts before and behind the place that `text` would have. */
function neighbours(text: string, sorted: readonly string[]): string[] {
  let [low, high] = [0, sorted.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < text) low = middle + 1;
    else high = middle;
  }
  return sorted.slice(Math.max(0, low - 1), low + 2).filter((other) => other !== text);
}
