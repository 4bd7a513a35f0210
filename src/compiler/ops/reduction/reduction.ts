import { fixed, fixedValue, printShape, type Shape, type Size } from '../../sizes/size.js';
import { wantFloat } from '../checks.js';
import { type GradientBuilder, type OpDefinition, ShapeError } from '../definition.js';
import { positions, rowStrides } from '../positions.js';
import type { OpName } from '../registry.js';
import { sizeOf, type Value } from '../values.js';

/** `axes` counts from 0; with `keepDims` they stay as sizes of 1, else they go. */
export type ReductionAttributes = { readonly axes: readonly number[]; readonly keepDims: boolean };

const onesAt = (shape: Shape, axes: readonly number[]): Shape =>
  shape.map((size, axis) => (axes.includes(axis) ? fixed(1) : size));

/** What all reductions have in common: schema, shape rule and the loop that folds. */
export function reduction(
  name: OpName,
  summary: string,
  start: number,
  fold: (sum: number, element: number) => number,
): Omit<OpDefinition<1, ReductionAttributes>, 'gradient'> {
  return {
    name,
    summary,
    kind: 'reduction',
    operands: ['x'],
    attributes: { axes: 'numbers', keepDims: 'boolean' },
    infer([x], { axes, keepDims }) {
      wantFloat([x]);
      if (axes.some((axis) => x.shape[axis] === undefined)) {
        throw new ShapeError({ kind: 'axes', op: name, axes, shape: printShape(x.shape) }, [0]);
      }
      const shape = keepDims
        ? onesAt(x.shape, axes)
        : x.shape.filter((_, axis) => !axes.includes(axis));
      return [{ dtype: 'float', shape }];
    },
    evaluate([x], { axes }, [shape]) {
      const kept = x.shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent));
      const strides = rowStrides(kept).map((stride, axis) => (axes.includes(axis) ? 0 : stride));
      const places = positions(x.shape, strides);
      const data = new Float64Array(sizeOf(shape)).fill(start);
      for (let i = 0; i < places.length; i++)
        data[places[i]!] = fold(data[places[i]!]!, x.data[i]!);
      return [{ shape, data }];
    },
  };
}

/** `reduced` with its lost axes back as sizes of 1, so that it broadcasts over x, as a scalar does by itself. */
export function withOnes(
  b: GradientBuilder,
  reduced: Value,
  x: Value,
  { axes, keepDims }: ReductionAttributes,
): Value {
  if (keepDims || reduced.type.shape.length === 0) return reduced;
  return b.apply(b.ops.reshape, [reduced], { shape: onesAt(x.type.shape, axes) })[0];
}

/** The number of elements along `sizes`, known when compiling or, for symbols, counted in the graph. */
export function elementCount(b: GradientBuilder, sizes: readonly Size[]): Value {
  const numbers = sizes.map(fixedValue);
  if (numbers.every((n) => n !== undefined)) return b.constant(sizeOf(numbers));
  const [ones] = b.apply(b.ops.fill, [], { value: 1, shape: sizes });
  return b.apply(b.ops.reduceSum, [ones], { axes: [...sizes.keys()], keepDims: false })[0];
}
