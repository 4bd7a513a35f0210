import type { Value as GraphValue } from '../ir/graph.js';
import { sizesAlong } from '../ops/checks.js';
import { ShapeError } from '../ops/definition.js';
import { printSize, sameSize } from '../sizes/size.js';

/** Refuses two tensors under `+`, `-` or `add` that differ in a size: only `*` and `/` spread a 1 (numbers-5), known as `operands`. */
export function sameSizesWanted(
  a: GraphValue,
  b: GraphValue,
  operator: string,
  operands: readonly [number, number] = [0, 1],
): void {
  const [left, right] = [a.type.shape, b.type.shape];
  if (left.length !== right.length) {
    throw new ShapeError(`${left.length} axes meet ${right.length} in ${operator}`, operands);
  }
  const axis = left.findIndex((size, i) => !sameSize(size, right[i]));
  if (axis < 0) return;
  const sizes = `${printSize(left[axis])} and ${printSize(right[axis])}`;
  const name = sizesAlong(axis, left.length);
  throw new ShapeError(`${name} disagree in ${operator}: ${sizes}`, operands, {
    ...(left.length === 4 ? { disagreement: axis } : {}),
  });
}
