import type { TensorType } from '../../ir/graph.js';
import { wantFloat, wantShape } from '../checks.js';
import { ShapeError } from '../definition.js';

/** Refuses tensors that are not all floats of the first one's shape. */
export function wantAlike(tensors: readonly TensorType[], names: readonly string[]): void {
  wantFloat(tensors);
  tensors.forEach(({ shape }, i) => {
    wantShape(shape, tensors[0].shape, names[i], i);
  });
}

/** Refuses an operand that is not one number of `dtype`. */
export function wantScalar(type: TensorType, dtype: TensorType['dtype'], operand: number): void {
  if (type.dtype === dtype && type.shape.length === 0) return;
  throw new ShapeError({ kind: 'scalar', dtype }, [operand]);
}
