import type { Node, Value } from '../../ir/graph.js';

/** How many segments are tried. */
const counts = [2, 3, 4, 5, 6, 8, 10, 12, 16, 24];

/** A part of the forward pass: where its nodes begin and, beyond them, end. */
export interface Segment {
  readonly begin: number;
  readonly end: number;
}

/**
 * Ways to cut the forward pass into segments in which about as much is kept (Chen et al. 2016), each cut where the least
 * is alive nearby. `sizeOf` is 0 for what does not count; `kept` is what a step would keep by itself.
 */
export function segmentations(
  forward: readonly Node[],
  kept: ReadonlySet<Value>,
  sizeOf: (value: Value) => number,
): readonly (readonly Segment[])[] {
  const alive = aliveBehind(forward, sizeOf);
  const filled: number[] = [];
  let total = 0;
  for (const { results } of forward) {
    for (const result of results) if (kept.has(result)) total += sizeOf(result);
    filled.push(total);
  }
  return counts.map((count) => {
    const ends: number[] = [];
    for (let part = 1; part < count; part++) {
      // A cut may move by a half of a segment either way.
      const [low, high] = [part - 0.5, part + 0.5].map((parts) => (parts * total) / count);
      let best = -1;
      for (let i = (ends.at(-1) ?? 0) + 1; i < forward.length - 1; i++) {
        const isNear = filled[i]! >= low! && filled[i]! < high!;
        if (isNear && (best === -1 || alive[i]! < alive[best]!)) best = i;
      }
      if (best !== -1) ends.push(best + 1);
    }
    return [...ends, forward.length].map((end, i) => ({ begin: ends[i - 1] ?? 0, end }));
  });
}

/** By node, the size of what is made until it and read by a node after it. */
function aliveBehind(
  forward: readonly Node[],
  sizeOf: (value: Value) => number,
): readonly number[] {
  const lastRead = new Map<Value, number>();
  forward.forEach(({ operands }, i) => {
    for (const operand of operands) lastRead.set(operand, i);
  });
  const change = new Array<number>(forward.length + 1).fill(0);
  forward.forEach(({ results }, i) => {
    for (const result of results) {
      const end = lastRead.get(result) ?? i;
      change[i]! += sizeOf(result);
      change[end]! -= sizeOf(result);
    }
  });
  let size = 0;
  return change.map((by) => {
    size += by;
    return size;
  });
}

/** What is made in one segment and read by the forward pass in a later one. */
export function crossing(forward: readonly Node[], segments: readonly Segment[]): readonly Value[] {
  const numbers = new Map<Value, number>();
  const found = new Set<Value>();
  segments.forEach(({ begin, end }, number) => {
    for (const { operands, results } of forward.slice(begin, end)) {
      for (const operand of operands)
        if ((numbers.get(operand) ?? number) < number) found.add(operand);
      for (const result of results) numbers.set(result, number);
    }
  });
  return [...found];
}
