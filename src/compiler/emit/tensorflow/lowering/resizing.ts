import type { resizingOps } from '../../../ops/resizing/index.js';
import { ratioOf, type Shape, type Size } from '../../../sizes/size.js';
import type { Emitter } from '../emitter.js';
import { flag, integer, type Tensor, text, type } from '../graphdef.js';
import { DataType } from '../proto.js';
import type { LoweringsOf } from './lowering.js';

const heightAndWidth = (shape: Shape): Shape => shape.slice(1, 3);
const halfPixels = { half_pixel_centers: flag(true) };
const int32 = type(DataType.int32);

/**
 * TensorFlow multiplies the position with a float32 of source / target and takes the floor: with a factor that is no
 * power of two the product can fall just below a whole number, and the pixel before is taken.
 */
function scalesExactly(source: Shape, target: Shape): boolean {
  return [1, 2].every((axis) => {
    const factor = ratioOf(target[axis]!, source[axis]!);
    return factor !== undefined && Number.isInteger(Math.log2(factor));
  });
}

/** floor(i * source / target) for each i of the target. */
function nearestIndices(e: Emitter, source: Size, target: Size): Tensor {
  const positions = e.add('Range', [e.integer(0), e.size(target), e.integer(1)], { Tidx: int32 });
  const scaled = e.int('Mul', [positions, e.size(source)]);
  return e.int('FloorDiv', [scaled, e.size(target)]);
}

const gather = (e: Emitter, x: Tensor, indices: Tensor, axis: number): Tensor =>
  e.add('GatherV2', [x, indices, e.integer(axis)], {
    Tparams: type(DataType.float),
    Tindices: int32,
    Taxis: int32,
  });

/** The matrix [target, source] of an axis with a 1 where a pixel of the target was taken from the source. */
function selection(e: Emitter, source: Size, target: Size): Tensor {
  const indices = nearestIndices(e, source, target);
  return e.float('OneHot', [indices, e.size(source), e.scalar(1), e.scalar(0)], { TI: int32 });
}

const contract = (e: Emitter, image: Tensor, matrix: Tensor, equation: string): Tensor =>
  e.float('Einsum', [image, matrix], { N: integer(2), equation: text(equation) });

/**
 * The matrix [target, source] of `resizeArea` along an axis, by the areas that pixels of both share or, where it grows,
 * by how near their centres lie. Positions are integers in units of 1 / target and of 1 / (2 target): a rounded
 * factor would move the far end of a long axis.
 */
function areaWeights(e: Emitter, source: Size, target: Size): Tensor {
  const [s, t] = [e.size(source), e.size(target)];
  const range = (count: Tensor, shape: readonly number[]): Tensor => {
    const positions = e.add('Range', [e.integer(0), count, e.integer(1)], { Tidx: int32 });
    return e.int('Reshape', [positions, e.integers(shape)]);
  };
  const [add, sub, mul] = ['AddV2', 'Sub', 'Mul'].map(
    (op) => (a: Tensor, b: Tensor) => e.int(op, [a, b]),
  );
  const [pixel, position] = [range(s, [1, -1]), range(t, [-1, 1])];
  const [low, first] = [mul!(position, s), mul!(pixel, t)];
  const [high, last] = [add!(low, s), add!(first, t)];
  const shared = sub!(e.int('Minimum', [high, last]), e.int('Maximum', [low, first]));
  const two = e.integer(2);
  const centre = e.int('Maximum', [sub!(add!(mul!(low, two), s), t), e.integer(0)]);
  const clamped = e.int('Minimum', [centre, mul!(mul!(sub!(s, e.integer(1)), t), two)]);
  const apart = e.int('Abs', [sub!(mul!(first, two), clamped)]);
  const shrinks = e.int('Greater', [s, t]);
  const chosen = (area: Tensor, linear: Tensor): Tensor =>
    e.cast(e.int('SelectV2', [shrinks, area, linear]), DataType.int32, DataType.float);
  const weight = e.float('Relu', [chosen(shared, sub!(mul!(t, two), apart))]);
  return e.float('RealDiv', [weight, chosen(s, mul!(t, two))]);
}

export const resizingLowerings: LoweringsOf<typeof resizingOps> = {
  resizeNearest(e, [x], { shape }, { operands: [{ type: source }] }) {
    if (scalesExactly(source.shape, shape)) {
      return e.float('ResizeNearestNeighbor', [x, e.shape(heightAndWidth(shape))]);
    }
    return [1, 2].reduce(
      (image, axis) => gather(e, image, nearestIndices(e, source.shape[axis]!, shape[axis]!), axis),
      x,
    );
  },

  resizeNearestGradient(e, [g], { shape }, { operands: [{ type: target }] }) {
    if (scalesExactly(shape, target.shape)) {
      return e.float('ResizeNearestNeighborGrad', [g, e.shape(heightAndWidth(shape))]);
    }
    const rows = contract(e, g, selection(e, shape[1]!, target.shape[1]!), 'nijc,iy->nyjc');
    return contract(e, rows, selection(e, shape[2]!, target.shape[2]!), 'nyjc,jx->nyxc');
  },

  resizeBilinear: (e, [x], { shape }) =>
    e.float('ResizeBilinear', [x, e.shape(heightAndWidth(shape))], halfPixels),

  resizeBilinearGradient(e, [g], { shape }) {
    // Only the shape of this operand is read.
    const original = e.float('Fill', [e.shape(shape), e.scalar(0)]);
    return e.float('ResizeBilinearGrad', [g, original], halfPixels);
  },

  resizeArea(e, [x], { shape }, { operands: [{ type: source }] }) {
    const rows = contract(e, x, areaWeights(e, source.shape[1]!, shape[1]!), 'nyxc,iy->nixc');
    return contract(e, rows, areaWeights(e, source.shape[2]!, shape[2]!), 'nixc,jx->nijc');
  },
};
