import type { resizingOps } from '../../../ops/resizing/index.js';
import { ratioOf, type Size } from '../../../sizes/size.js';
import { inOrder } from '../../layout.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { DataType, int, text } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

/** floor(i * source / target) for each i of the target, in integers. */
function nearestIndices(e: Emitter, source: Size, target: Size): Tensor {
  const scaled = e.add('Mul', [positions(e, target), scalar(e, source)]);
  return e.add('Div', [scaled, scalar(e, target)]);
}

const scalar = (e: Emitter, size: Size): Tensor => e.add('Squeeze', [e.shape([size])]);

/** 0, 1, ..., size - 1. */
function positions(e: Emitter, size: Size): Tensor {
  const [zero, one] = [0, 1].map((n) => e.add('Squeeze', [e.integers([n])]));
  return e.add('Range', [zero!, scalar(e, size), one!]);
}

/** The matrix of `resizeArea` along an axis, in integers as far as the last step. See TensorFlow's lowering. */
function areaWeights(e: Emitter, source: Size, target: Size, pixelAxis: 0 | 1): Tensor {
  const [s, t] = [scalar(e, source), scalar(e, target)];
  const along = (size: Size, axis: number): Tensor =>
    e.add('Unsqueeze', [positions(e, size), e.integers([1 - axis])]);
  const [add, sub, mul] = ['Add', 'Sub', 'Mul'].map(
    (op) => (a: Tensor, b: Tensor) => e.add(op, [a, b]),
  );
  const [low, first] = [mul!(along(target, 1 - pixelAxis), s), mul!(along(source, pixelAxis), t)];
  const [high, last] = [add!(low, s), add!(first, t)];
  const shared = sub!(e.add('Min', [high, last]), e.add('Max', [low, first]));
  const [zero, one, two] = [0, 1, 2].map((n) => e.integers([n]));
  const centre = e.add('Max', [sub!(add!(mul!(low, two!), s), t), zero!]);
  const clamped = e.add('Min', [centre, mul!(mul!(sub!(s, one!), t), two!)]);
  const apart = e.add('Abs', [sub!(mul!(first, two!), clamped)]);
  const shrinks = e.add('Greater', [s, t]);
  const chosen = (area: Tensor, linear: Tensor): Tensor =>
    e.add('Cast', [e.add('Where', [shrinks, area, linear])], { to: int(DataType.float) });
  const weight = e.add('Relu', [chosen(shared, sub!(mul!(t, two!), apart))]);
  return e.add('Div', [weight, chosen(s, mul!(t, two!))]);
}

/** ONNX divides the position by a float32 factor, which is exact where the factor is a whole number. */
const isWhole = (large: Size, small: Size): boolean => Number.isInteger(ratioOf(large, small));

export const resizingEntries: EntriesOf<typeof resizingOps> = {
  resizeNearest(e, { operands: [x] }, { shape }) {
    const source = x.type.shape;
    if ([1, 2].every((axis) => isWhole(shape[axis]!, source[axis]!))) {
      return e.add('Resize', [e.get(x), '', '', e.shape(inOrder(shape))], {
        mode: text('nearest'),
        coordinate_transformation_mode: text('asymmetric'),
        nearest_mode: text('floor'),
      });
    }
    return [1, 2].reduce((image, axis) => {
      const indices = nearestIndices(e, source[axis]!, shape[axis]!);
      return e.add('Gather', [image, indices], { axis: int(axis + 1) });
    }, e.get(x));
  },
  resizeNearestGradient: trainingOnly,

  resizeBilinear: (e, { operands: [x] }, { shape }) =>
    e.add('Resize', [e.get(x), '', '', e.shape(inOrder(shape))], {
      mode: text('linear'),
      coordinate_transformation_mode: text('half_pixel'),
    }),
  resizeBilinearGradient: trainingOnly,

  resizeArea(e, { operands: [x] }, { shape }) {
    const [, height, width] = x.type.shape;
    const rows = e.add('MatMul', [areaWeights(e, height!, shape[1]!, 1), e.get(x)]);
    return e.add('MatMul', [rows, areaWeights(e, width!, shape[2]!, 0)]);
  },
};
