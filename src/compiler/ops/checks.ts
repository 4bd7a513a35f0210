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

/** Two shapes of one rank that differ along `axis`, as the operands of `sign` where one is known. */
export function sizesDisagree(
  a: Shape,
  b: Shape,
  axis: number,
  operands: readonly number[],
  sign?: string,
): ShapeError {
  const sizes = [printSize(a[axis]!), printSize(b[axis]!)] as const;
  const facts = { kind: 'disagree', axis, rank: a.length, sizes } as const;
  return new ShapeError(sign === undefined ? facts : { ...facts, sign }, operands);
}

/** Refuses operands that are not floats. */
export function wantFloat(operands: readonly TensorType[]): void {
  operands.forEach(({ dtype }, i) => {
    if (dtype !== 'float') throw new ShapeError({ kind: 'dtype', dtype, wanted: 'float' }, [i]);
  });
}

/** `[batch, height, width, channels]`. */
export type ImageShape = readonly [Size, Size, Size, Size];

/** Refuses what is not of the shape of an image. */
export function wantImage(shape: Shape, operand: number): asserts shape is ImageShape {
  if (shape.length === 4) return;
  throw new ShapeError({ kind: 'image', shape: printShape(shape) }, [operand]);
}

/** Refuses two shapes of one rank that differ along one of `axes`. */
export function wantSameSizes(
  a: Shape,
  b: Shape,
  axes: readonly number[],
  operands: readonly number[],
): void {
  for (const axis of axes) {
    if (!sameSize(a[axis]!, b[axis]!)) throw sizesDisagree(a, b, axis, operands);
  }
}

/** Refuses an operand, called `name`, that is not of the shape it must have. */
export function wantShape(actual: Shape, wanted: Shape, name: string, operand: number): void {
  if (sameShape(actual, wanted)) return;
  const [shape, other] = [printShape(actual), printShape(wanted)];
  throw new ShapeError({ kind: 'shape', of: name, shape, wanted: other }, [operand]);
}

/** The numbers of a shape without symbols, as a kernel's. */
export function wantNumbers(shape: Shape, name: string, operand: number): readonly number[] {
  return shape.map((size) => {
    const value = fixedValue(size);
    if (value !== undefined) return value;
    throw new ShapeError({ kind: 'numbers', of: name, shape: printShape(shape) }, [operand]);
  });
}
