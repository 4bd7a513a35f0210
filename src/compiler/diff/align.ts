import type { Application } from '../expand/application.js';
import { isPascal } from '../syntax/build/names.js';

/** Two applications in one role, or one that the other network has not. */
export type Aligned = readonly [before: Application | null, after: Application | null];

/**
 * The children of two instances side by side, in order: the alignment of most similarity (Needleman and Wunsch 1970).
 * A name and a block that both agree weigh more than either alone, these more than two of a kind, and any pair more
 * than one lost and one new, so that `relu` in the place of `gelu` is a replacement.
 */
export function align(
  before: readonly Application[],
  after: readonly Application[],
): readonly Aligned[] {
  const best = similarities(before, after);
  const aligned: Aligned[] = [];
  let [i, j] = [0, 0];
  while (i < before.length && j < after.length) {
    const alike = similarity(before[i]!, after[j]!);
    if (alike > 0 && best[i]![j] === alike + best[i + 1]![j + 1]!) {
      aligned.push([before[i++]!, after[j++]!]);
    } else if (best[i]![j] === best[i + 1]![j]) aligned.push([before[i++]!, null]);
    else aligned.push([null, after[j++]!]);
  }
  while (i < before.length) aligned.push([before[i++]!, null]);
  while (j < after.length) aligned.push([null, after[j++]!]);
  return aligned;
}

/** At [i][j], the most similarity that `before` from i on has with `after` from j on. */
function similarities(
  before: readonly Application[],
  after: readonly Application[],
): readonly (readonly number[])[] {
  const best = Array.from({ length: before.length + 1 }, () =>
    new Array<number>(after.length + 1).fill(0),
  );
  for (let i = before.length - 1; i >= 0; i--) {
    for (let j = after.length - 1; j >= 0; j--) {
      const paired = similarity(before[i]!, after[j]!) + best[i + 1]![j + 1]!;
      best[i]![j] = Math.max(paired, best[i + 1]![j]!, best[i]![j + 1]!);
    }
  }
  return best;
}

/** 0 where they can't be one role: a step of a loop and a block. */
function similarity(a: Application, b: Application): number {
  if ((a.block === null) !== (b.block === null)) return 0;
  const [sameName, sameBlock] = [a.segment === b.segment, a.block === b.block];
  if (a.block === null) return sameName ? 8 : 0;
  if (sameName && sameBlock) return 8;
  if (sameBlock) return 5;
  if (sameName) return 4;
  return isPascal(a.block) === isPascal(b.block!) ? 2 : 1;
}
