import {
  fixedValue,
  printShape,
  printSize,
  type Shape,
  type Size,
  sameShape,
  sameSize,
} from '../sizes/size.js';
import { ShapeError } from './definition.js';
import type { TensorType } from './values.js';

const plurals = ['batch sizes', 'heights', 'widths', 'channels'];

/** What the reader calls the sizes along `axis`: "channels" for the last of four. */
export const sizesAlong = (axis: number, rank: number): string =>
  rank === 4 ? plurals[axis]! : `sizes along axis ${axis}`;

/** Refuses operands that are not floats. */
export function wantFloat(operands: readonly TensorType[]): void {
  operands.forEach(({ dtype }, i) => {
    if (dtype !== 'float') throw new ShapeError(`floats are wanted, not ${dtype}`, [i]);
  });
}

/** `[batch, height, width, channels]`. */
export type ImageShape = readonly [Size, Size, Size, Size];

/** Refuses what is not of the shape of an image. */
export function wantImage(shape: Shape, operand: number): asserts shape is ImageShape {
  if (shape.length === 4) return;
  throw new ShapeError(
    `[batch, height, width, channels] is wanted, the shape is ${printShape(shape)}`,
    [operand],
  );
}

/** Refuses two shapes of one rank that differ along one of `axes`. */
export function wantSameSizes(
  a: Shape,
  b: Shape,
  axes: readonly number[],
  operands: readonly number[],
): void {
  for (const axis of axes) {
    if (sameSize(a[axis]!, b[axis]!)) continue;
    const sizes = `${printSize(a[axis]!)} and ${printSize(b[axis]!)}`;
    throw new ShapeError(`${sizesAlong(axis, a.length)} disagree: ${sizes}`, operands, {
      ...(a.length === 4 && operands.length === 2 ? { disagreement: axis } : {}),
    });
  }
}

/** Refuses an operand, called `name`, that is not of the shape it must have. */
export function wantShape(actual: Shape, wanted: Shape, name: string, operand: number): void {
  if (sameShape(actual, wanted)) return;
  const shapes = `${printShape(actual)}, not ${printShape(wanted)}`;
  throw new ShapeError(`${name} has the shape ${shapes}`, [operand]);
}

/** The numbers of a shape without symbols, as a kernel's. */
export function wantNumbers(shape: Shape, name: string, operand: number): readonly number[] {
  return shape.map((size) => {
    const value = fixedValue(size);
    if (value !== undefined) return value;
    throw new ShapeError(`the sizes of ${name} must be numbers, not ${printShape(shape)}`, [
      operand,
    ]);
  });
}
