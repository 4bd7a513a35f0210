import type { resizingOps } from '../../../ops/resizing/index.js';
import { ratioOf, type Size } from '../../../shapes/size.js';
import type { Emitter } from '../emitter.js';
import type { Tensor } from '../graph.js';
import { inOrder } from '../layout.js';
import { int, text } from '../proto.js';
import { type EntriesOf, trainingOnly } from './lowering.js';

/** floor(i * source / target) for each i of the target, in integers. */
function nearestIndices(e: Emitter, source: Size, target: Size): Tensor {
  const scalar = (size: Size): Tensor => e.add('Squeeze', [e.shape([size])]);
  const [zero, one] = [0, 1].map((n) => e.add('Squeeze', [e.integers([n])]));
  const positions = e.add('Range', [zero, scalar(target), one]);
  return e.add('Div', [e.add('Mul', [positions, scalar(source)]), scalar(target)]);
}

/** ONNX divides the position by a float32 factor, which is exact where the factor is a whole number. */
const isWhole = (large: Size, small: Size): boolean => Number.isInteger(ratioOf(large, small));

export const resizingEntries: EntriesOf<typeof resizingOps> = {
  resizeNearest(e, { operands: [x] }, { shape }) {
    const source = x.type.shape;
    if ([1, 2].every((axis) => isWhole(shape[axis], source[axis]))) {
      return e.add('Resize', [e.get(x), '', '', e.shape(inOrder(shape))], {
        mode: text('nearest'),
        coordinate_transformation_mode: text('asymmetric'),
        nearest_mode: text('floor'),
      });
    }
    return [1, 2].reduce((image, axis) => {
      const indices = nearestIndices(e, source[axis], shape[axis]);
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
};
