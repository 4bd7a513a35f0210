import type { Rational } from '../../sizes/rational.js';
import {
  fixedValue,
  printShape,
  printSize,
  roundedIn,
  type Shape,
  type Size,
} from '../../sizes/size.js';
import { type GraphDefBuilder, integer, type Tensor, type } from './graphdef.js';
import { DataType } from './proto.js';
import { type Binding, dataTypeOf } from './signature.js';

/** Sizes and shapes of one function as int32 tensors. */
export interface Sizes {
  /** Rank 0. */
  size(size: Size): Tensor;
  /** Rank 1. */
  shape(shape: Shape): Tensor;
}

const int32 = { T: type(DataType.int32) };

/**
 * Every symbol is read once from the shape of an input that has it; a fixed size is a constant. Integers only:
 * `p * symbol + q` is one fraction over a common denominator, which divides exactly by what the sizes demand, and
 * rounds down where it does not.
 */
export function sizesOf(b: GraphDefBuilder, scope: string, inputs: readonly Binding[]): Sizes {
  const known = new Map<string, Tensor>();
  const once = (key: string, make: () => Tensor): Tensor => {
    const tensor = known.get(key) ?? make();
    known.set(key, tensor);
    return tensor;
  };
  const int = (op: string, a: Tensor, n: number): Tensor =>
    b.node(op, `${scope}/${op}`, [a, b.ints([n], [])], int32);

  /** `(numerator * value + offset) / denominator`, without the steps that change nothing. */
  function fraction(value: Tensor, numerator: number, offset: number, denominator: number): Tensor {
    const scaled = numerator === 1 ? value : int('Mul', value, numerator);
    const moved = offset === 0 ? scaled : int('AddV2', scaled, offset);
    return denominator === 1 ? moved : int('FloorDiv', moved, denominator);
  }

  const dimension = ({ value, tensor }: Binding, axis: number): Tensor => {
    const shape = once(`shape of ${tensor}`, () =>
      b.node('Shape', `${scope}/Shape`, [tensor], { T: type(dataTypeOf(value.type.dtype)) }),
    );
    const range = [axis, axis + 1, 1].map((n) => b.ints([n], [1]));
    return b.node('StridedSlice', `${scope}/StridedSlice`, [shape, ...range], {
      ...int32,
      Index: type(DataType.int32),
      shrink_axis_mask: integer(1),
    });
  };

  function symbol(name: string): Tensor {
    const inside = roundedIn(name);
    if (inside) return size(inside);
    for (const input of inputs) {
      const axis = input.value.type.shape.findIndex((size) => size.symbol === name);
      if (axis < 0) continue;
      const { p, q } = input.value.type.shape[axis]!;
      const { numerator, offset, denominator } = overOne(p, q);
      // The inverse of `(numerator * symbol + offset) / denominator`.
      return fraction(dimension(input, axis), denominator, -offset, numerator);
    }
    throw new Error(`no input has the size ${name}`);
  }

  const size = (wanted: Size): Tensor => {
    const constant = fixedValue(wanted);
    if (constant !== undefined) return b.ints([constant], []);
    const name = wanted.symbol as string;
    const { numerator, offset, denominator } = overOne(wanted.p, wanted.q);
    return once(printSize(wanted), () =>
      fraction(
        once(name, () => symbol(name)),
        numerator,
        offset,
        denominator,
      ),
    );
  };

  const shape = (wanted: Shape): Tensor => {
    const constants = wanted.map(fixedValue).filter((value) => value !== undefined);
    if (constants.length === wanted.length) return b.ints(constants, [constants.length]);
    return once(printShape(wanted), () =>
      b.node('Pack', `${scope}/Pack`, wanted.map(size), { ...int32, N: integer(wanted.length) }),
    );
  };
  return { size, shape };
}

/** `p s + q` as `(numerator s + offset) / denominator`. */
function overOne(p: Rational, q: Rational) {
  return { numerator: p.n * q.d, offset: q.n * p.d, denominator: p.d * q.d };
}
