import type { Value as GraphValue } from '../ir/graph.js';
import { sizesDisagree } from '../ops/checks.js';
import { ShapeError } from '../ops/definition.js';
import { sameSize } from '../sizes/size.js';

/** Refuses two tensors under `+`, `-` or `add` that differ in a size: only `*` and `/` spread a 1 (numbers-5), known as `operands`. */
export function sameSizesWanted(
  a: GraphValue,
  b: GraphValue,
  operator: string,
  operands: readonly [number, number] = [0, 1],
): void {
  const [left, right] = [a.type.shape, b.type.shape];
  if (left.length !== right.length) {
    const ranks = [left.length, right.length] as const;
    throw new ShapeError({ kind: 'ranks', ranks, sign: operator }, operands);
  }
  const axis = left.findIndex((size, i) => !sameSize(size, right[i]!));
  if (axis < 0) return;
  throw sizesDisagree(left, right, axis, operands, operator);
}
