import type { AxisPadding } from '../padding.js';
import { py } from './python/parse.js';
import { type Expression, keywords, number, tuple } from './python/tree.js';

/** `2`, or `(2, 3)` where height and width differ. */
export const pair = ([a, b]: readonly number[]): Expression =>
  a === b ? number(a!) : tuple([number(a!), number(b!)]);

export const pairUnless = (plain: number, values: readonly number[]): Expression | undefined =>
  values.every((value) => value === plain) ? undefined : pair(values);

/** The same on both sides; an element that no window reaches needs no padding after it. */
export const isEven = (padding: readonly AxisPadding[]): boolean =>
  padding.every(({ before, after }) => before === after || (before === 0 && after < 0));

/** Padding by an operation of its own where one side has more: left, right, above, below. */
export function padded(
  x: Expression,
  [rows, columns]: readonly [AxisPadding, AxisPadding],
  value?: Expression,
): Expression {
  const sides = [columns, rows].flatMap(({ before, after }) => [before, Math.max(after, 0)]);
  return py`F.pad(${x}, (${sides.map(number)}), ${keywords({ value })})`;
}
