import { InputError } from '../../errors/errors.js';
import type { ListedImage } from '../dataset.js';
import { purposes, randomOf } from '../random.js';
import type { Division } from './split.js';

/** Images that stay together: those of one patient, or one image where the patient is not known. */
export type Group = readonly [ListedImage, ...ListedImage[]];

export function groupsOf(entries: readonly ListedImage[]): Group[] {
  const groups = new Map<string, [ListedImage, ...ListedImage[]]>();
  for (const entry of entries.toSorted((a, b) => (a.id < b.id ? -1 : 1))) {
    const key = entry.group === null ? `image ${entry.id}` : `patient ${entry.group}`;
    const group = groups.get(key);
    if (group) group.push(entry);
    else groups.set(key, [entry]);
  }
  return [...groups.values()];
}

/** In an order that depends on the seed and their number alone (Fisher and Yates). */
export function shuffled(groups: readonly Group[], seed: number): Group[] {
  const order = [...groups];
  const random = randomOf(seed, purposes.split);
  for (let i = order.length - 1; i > 0; i--) {
    const j = random.below(i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

/** How many images, and whether it must be exactly so many. */
export interface Wanted {
  readonly count: number;
  readonly exact: boolean;
}

/** Below 1 a share of `all`, from 1 on a count. */
export const wantedOf = (amount: number, all: number): Wanted =>
  amount < 1 ? { count: Math.round(amount * all), exact: false } : { count: amount, exact: true };

/**
 * Takes whole groups out of `groups`, in their order, until there are `count` images; of a share at least one group,
 * where another is left.
 */
export function draw(
  groups: Group[],
  { part, count, exact }: Wanted & { part: string },
): ListedImage[] {
  const there = groups.flat().length;
  if (count > there) {
    throw new InputError(
      `data.split.${part} asks for ${count} images, but ${there} are left: ask for fewer`,
    );
  }
  const drawn: ListedImage[] = [];
  for (let i = 0; i < groups.length && drawn.length < count; ) {
    if (drawn.length + groups[i]!.length <= count) drawn.push(...groups.splice(i, 1)[0]!);
    else i++;
  }
  if (!exact && count > 0 && drawn.length === 0 && groups.length > 1) {
    drawn.push(...groups.splice(0, 1)[0]!);
  }
  if (exact && drawn.length < count) {
    throw new InputError(
      `data.split.${part} asks for ${count} images, whole patients give ${drawn.length}: ask for that, or for a share`,
    );
  }
  return drawn;
}

/** The patients with images in more than one part. */
export function groupsOver({ train, validation, test }: Division): string[] {
  const partOf = new Map<string, number>();
  const over = new Set<string>();
  for (const [n, part] of [train, validation, test].entries()) {
    for (const { group } of part) {
      if (group === null) continue;
      if ((partOf.get(group) ?? n) !== n) over.add(group);
      partOf.set(group, n);
    }
  }
  return [...over];
}
