import type { resizingOps } from '../../../ops/resizing/index.js';
import { ratioOf, type Shape, type Size } from '../../../shapes/size.js';
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
    const factor = ratioOf(target[axis], source[axis]);
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

export const resizingLowerings: LoweringsOf<typeof resizingOps> = {
  resizeNearest(e, [x], { shape }, { operands: [{ type: source }] }) {
    if (scalesExactly(source.shape, shape)) {
      return e.float('ResizeNearestNeighbor', [x, e.shape(heightAndWidth(shape))]);
    }
    return [1, 2].reduce(
      (image, axis) => gather(e, image, nearestIndices(e, source.shape[axis], shape[axis]), axis),
      x,
    );
  },

  resizeNearestGradient(e, [g], { shape }, { operands: [{ type: target }] }) {
    if (scalesExactly(shape, target.shape)) {
      return e.float('ResizeNearestNeighborGrad', [g, e.shape(heightAndWidth(shape))]);
    }
    const rows = contract(e, g, selection(e, shape[1], target.shape[1]), 'nijc,iy->nyjc');
    return contract(e, rows, selection(e, shape[2], target.shape[2]), 'nyjc,jx->nyxc');
  },

  resizeBilinear: (e, [x], { shape }) =>
    e.float('ResizeBilinear', [x, e.shape(heightAndWidth(shape))], halfPixels),

  resizeBilinearGradient(e, [g], { shape }) {
    // Only the shape of this operand is read.
    const original = e.float('Fill', [e.shape(shape), e.scalar(0)]);
    return e.float('ResizeBilinearGrad', [g, original], halfPixels);
  },
};
