import { type Extents, isOne, type Shape, sameSize } from '../../sizes/size.js';
import { sizesDisagree, wantFloat } from '../checks.js';
import { type GradientBuilder, type OpDefinition, ShapeError } from '../definition.js';
import { positions, rowStrides } from '../positions.js';
import type { OpName } from '../registry.js';
import { floatOf, sizeOf, type TensorType, type Value } from '../values.js';
import { type Arithmetic, arithmetic } from './arithmetic.js';

/** A scalar is spread over anything; of equal ranks, a size that is literally 1 over the other's. */
export function broadcastShape(a: Shape, b: Shape): Shape {
  if (a.length === 0) return b;
  if (b.length === 0) return a;
  if (a.length !== b.length) {
    throw new ShapeError({ kind: 'ranks', ranks: [a.length, b.length] }, [0, 1]);
  }
  return a.map((size, axis) => {
    const other = b[axis]!;
    if (sameSize(size, other) || isOne(other)) return size;
    if (isOne(size)) return other;
    throw sizesDisagree(a, b, axis, [0, 1]);
  });
}

/** The places in a tensor of `shape` that each position of the larger `result` reads. */
export function spread(shape: Extents, result: Extents): Int32Array {
  const strides = rowStrides(shape);
  return positions(
    result,
    result.map((_, axis) => (shape.length === 0 || shape[axis] === 1 ? 0 : strides[axis]!)),
  );
}

/** The cotangent of an operand that was spread: what reached each of its copies, summed. */
export function gathered(b: GradientBuilder, cotangent: Value, operand: TensorType): Value {
  const { shape } = cotangent.type;
  const scalar = operand.shape.length === 0;
  const axes = [...shape.keys()].filter(
    (axis) => scalar || (isOne(operand.shape[axis]!) && !isOne(shape[axis]!)),
  );
  if (axes.length === 0) return cotangent;
  return b.apply(b.ops.reduceSum, [cotangent], { axes, keepDims: !scalar })[0];
}

interface BinaryParts {
  readonly name: OpName;
  readonly summary: string;
  readonly commutative?: true;
  at(a: number, b: number): number;
  /** Cotangents of a and b as if neither had been spread. */
  gradient?(by: Arithmetic, g: Value, a: Value, b: Value): readonly [Value, Value];
}

/** a, b -> their combination element by element, broadcast by `broadcastShape`. */
export function binary(parts: BinaryParts): OpDefinition<2> {
  const { at, gradient, ...said } = parts;
  return {
    ...said,
    operands: ['a', 'b'],
    attributes: {},
    infer([first, second]) {
      wantFloat([first, second]);
      return [floatOf(broadcastShape(first.shape, second.shape))];
    },
    cheap: true,
    evaluate([a, b], _, [shape]) {
      const [placesA, placesB] = [spread(a.shape, shape), spread(b.shape, shape)];
      const data = new Float64Array(sizeOf(shape));
      for (let i = 0; i < data.length; i++)
        data[i] = at(a.data[placesA[i]!]!, b.data[placesB[i]!]!);
      return [{ shape, data }];
    },
    ...(gradient && {
      gradient(b, { operands: [first, second] }, [g]) {
        const [ofFirst, ofSecond] = gradient(arithmetic(b), g, first, second);
        return [gathered(b, ofFirst, first.type), gathered(b, ofSecond, second.type)];
      },
    }),
  };
}
