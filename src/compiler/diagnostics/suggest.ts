/** A longer word is not a typo, and further candidates are not looked at: a text may have as many as it likes. */
const most = { letters: 64, candidates: 10_000 } as const;

/**
 * The candidate that `word` was most likely meant to be, or undefined where none is near: at most a
 * third of its letters may be wrong, one where it is short. The case of letters weighs nothing.
 */
export function didYouMean(word: string, candidates: Iterable<string>): string | undefined {
  if (word.length > most.letters) return undefined;
  const cutoff = Math.max(1, Math.floor(word.length / 3));
  const lower = word.toLowerCase();
  let best: { candidate: string; distance: number } | undefined;
  let looked = 0;
  for (const candidate of candidates) {
    if (++looked > most.candidates) break;
    // The letters that one has more than the other are wrong in any case.
    if (candidate === word || Math.abs(candidate.length - word.length) > cutoff) continue;
    const distance = editDistance(lower, candidate.toLowerCase());
    if (distance > cutoff || distance >= candidate.length) continue;
    if (!best || distance < best.distance) best = { candidate, distance };
  }
  return best?.candidate;
}

/**
 * How many letters must be put in, left out, changed or exchanged with their neighbour to make `b`
 * of `a`, no place being edited twice (Damerau 1964, in the restricted form).
 */
function editDistance(a: string, b: string): number {
  let [last, before]: [number[], number[]] = [
    Array.from({ length: b.length + 1 }, (_, j) => j),
    [],
  ];
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const changed = last[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      let least = Math.min(last[j]! + 1, row[j - 1]! + 1, changed);
      const exchanged = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1];
      if (exchanged) least = Math.min(least, before[j - 2]! + 1);
      row.push(least);
    }
    [last, before] = [row, last];
  }
  return last[b.length]!;
}
