import { wantFloat, wantShape } from '../checks.js';
import { ShapeError, type Tuple } from '../definition.js';
import type { Tensor, TensorType } from '../values.js';

/** Refuses tensors that are not all floats of the first one's shape. */
export function wantAlike(tensors: Tuple<TensorType, 'several'>, names: readonly string[]): void {
  wantFloat(tensors);
  tensors.forEach(({ shape }, i) => {
    wantShape(shape, tensors[0].shape, names[i]!, i);
  });
}

/** A tensor of the shape of `x`. */
export const alike = ({ shape }: Tensor, data: Float64Array): Tensor => ({ shape, data });

/** Refuses an operand that is not one number of `dtype`. */
export function wantScalar(type: TensorType, dtype: TensorType['dtype'], operand: number): void {
  if (type.dtype === dtype && type.shape.length === 0) return;
  throw new ShapeError({ kind: 'scalar', dtype }, [operand]);
}
