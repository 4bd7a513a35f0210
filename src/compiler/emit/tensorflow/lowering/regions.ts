import { type RegionAttributes, regionOf } from '../../../ops/pooling/regions.js';
import { fixed, type Shape, type Size } from '../../../sizes/size.js';
import type { Emitter } from '../emitter.js';
import { flag, integer, type Tensor, text, type } from '../graphdef.js';
import { DataType } from '../proto.js';

const int32 = type(DataType.int32);

interface Region {
  readonly start: Tensor;
  readonly end: Tensor;
}

const regionsOf = (e: Emitter, size: Size, parts: number): readonly Region[] =>
  Array.from({ length: parts }, (_, i) => {
    const [start, end] = regionOf(size, parts, i);
    return { start: e.size(start), end: e.size(end) };
  });

const pack = (e: Emitter, integers: readonly Tensor[]): Tensor =>
  e.int('Pack', integers, { N: integer(integers.length) });

/** `x` from `start` to `end` of an axis, all of it along the others. */
function between(e: Emitter, x: Tensor, axis: number, { start, end }: Region): Tensor {
  const zero = e.integer(0);
  const along = (bound: Tensor): Tensor =>
    pack(
      e,
      [0, 1, 2, 3].map((i) => (i === axis ? bound : zero)),
    );
  const mask = integer(0b1111 & ~(1 << axis));
  return e.float('StridedSlice', [x, along(start), along(end), e.integers([1, 1, 1, 1])], {
    Index: int32,
    begin_mask: mask,
    end_mask: mask,
  });
}

const joined = (e: Emitter, parts: readonly Tensor[], axis: number): Tensor =>
  parts.length === 1
    ? parts[0]!
    : e.float('ConcatV2', [...parts, e.integer(axis)], { N: integer(parts.length) });

/** `op` over each region. */
export const reducedRegions =
  (op: 'Max' | 'Mean') =>
  (e: Emitter, x: Tensor, shape: Shape, { axis, parts }: RegionAttributes): Tensor => {
    const reduced = regionsOf(e, shape[axis]!, parts).map((region) =>
      e.float(op, [between(e, x, axis, region), e.integers([axis])], {
        Tidx: int32,
        keep_dims: flag(true),
      }),
    );
    return joined(e, reduced, axis);
  };

/** A matrix [parts, size] that shares each region equally among its elements. */
function shares(e: Emitter, size: Size, parts: number): Tensor {
  const positions = e.add('Range', [e.integer(0), e.size(size), e.integer(1)], { Tidx: int32 });
  const rows = regionsOf(e, size, parts).map(({ start, end }) => {
    const reached = e.int('GreaterEqual', [positions, start]);
    const inside = e.add('LogicalAnd', [reached, e.int('Less', [positions, end])], {});
    const count = e.cast(e.int('Sub', [end, start]), DataType.int32, DataType.float);
    return e.float('RealDiv', [e.cast(inside, DataType.bool, DataType.float), count]);
  });
  return e.float('Pack', rows, { N: integer(parts) });
}

export function sharedRegions(
  e: Emitter,
  g: Tensor,
  { axis, parts, shape }: RegionAttributes & { readonly shape: Shape },
): Tensor {
  const equation = axis === 1 ? 'nojc,oi->nijc' : 'nioc,oj->nijc';
  const matrix = shares(e, shape[axis]!, parts);
  return e.float('Einsum', [g, matrix], { N: integer(2), equation: text(equation) });
}

/** Each region's `g` at the first of its largest elements, added up. */
export function placedMaxima(
  e: Emitter,
  [x, g]: readonly Tensor[],
  shape: Shape,
  { axis, parts }: RegionAttributes,
): Tensor {
  const placed = regionsOf(e, shape[axis]!, parts).map((region, i) => {
    const first = e.float('ArgMax', [between(e, x!, axis, region), e.integer(axis)], {
      Tidx: int32,
      output_type: int32,
    });
    const there = e.int('Add', [first, region.start]);
    const one = e.float('OneHot', [there, e.size(shape[axis]!), e.scalar(1), e.scalar(0)], {
      TI: int32,
      axis: integer(axis),
    });
    const part = between(e, g!, axis, { start: e.size(fixed(i)), end: e.size(fixed(i + 1)) });
    return e.float('Mul', [one, part]);
  });
  return placed.length === 1 ? placed[0]! : e.float('AddN', placed, { N: integer(placed.length) });
}
