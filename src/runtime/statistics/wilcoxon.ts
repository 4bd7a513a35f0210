import { upperTail } from './normal.js';

export interface WilcoxonTest {
  /** Pairs that differ. */
  readonly n: number;
  /** The smaller of the two sums of ranks. */
  readonly statistic: number;
  /** Two-sided. */
  readonly p: number;
  readonly method: 'exact' | 'normal';
}

/** Up to so many pairs the distribution is counted out. */
const countedOut = 50;

/**
 * Wilcoxon's signed-rank test of paired differences (Wilcoxon 1945). Differences of zero are left out, as he does.
 * Exact up to 50 pairs without ties; else the normal approximation, its variance corrected for ties, without a
 * correction for continuity. Where no pair differs, p is 1.
 */
export function wilcoxon(differences: readonly number[]): WilcoxonTest {
  const kept = differences.filter((value) => value !== 0);
  const n = kept.length;
  const { ranks, ties } = ranked(kept.map(Math.abs));
  const positive = kept.reduce((sum, value, i) => (value > 0 ? sum + ranks[i]! : sum), 0);
  const all = (n * (n + 1)) / 2;
  const statistic = Math.min(positive, all - positive);
  if (n <= countedOut && ties.length === 0) {
    return { n, statistic, p: exactP(n, statistic), method: 'exact' };
  }
  const correction = ties.reduce((sum, t) => sum + (t ** 3 - t), 0) / 48;
  const variance = (n * (n + 1) * (2 * n + 1)) / 24 - correction;
  const z = (all / 2 - statistic) / Math.sqrt(variance);
  return { n, statistic, p: Math.min(1, 2 * upperTail(z)), method: 'normal' };
}

/** Ranks from 1 by size, equal values sharing their mean rank; and how many share, for each tie. */
function ranked(values: readonly number[]): { ranks: number[]; ties: number[] } {
  const order = values.map((_, i) => i).sort((a, b) => values[a]! - values[b]!);
  const ranks = new Array<number>(values.length);
  const ties: number[] = [];
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]!] === values[order[start]!]) end++;
    for (let i = start; i < end; i++) ranks[order[i]!] = (start + 1 + end) / 2;
    if (end - start > 1) ties.push(end - start);
    start = end;
  }
  return { ranks, ties };
}

/** Twice the share of all signings whose sum of positive ranks is at most `statistic`. */
function exactP(n: number, statistic: number): number {
  // Shares[s]: of the signings of the ranks so far, those with the sum s.
  let shares = [1];
  for (let rank = 1; rank <= n; rank++) {
    const next = new Array<number>(shares.length + rank).fill(0);
    for (const [sum, share] of shares.entries()) {
      next[sum]! += share / 2;
      next[sum + rank]! += share / 2;
    }
    shares = next;
  }
  const below = shares.slice(0, statistic + 1).reduce((sum, share) => sum + share, 0);
  return Math.min(1, 2 * below);
}
