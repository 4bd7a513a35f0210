import type { OpDefinition } from '../../../../compiler/ops/definition.js';
import type { Attributes } from '../../../../compiler/ops/values.js';
import type { Extents } from '../../../../compiler/sizes/size.js';
import type { Kernels, Numbers, WasmTensor } from '../kernels.js';
import type { AnyLowering } from './lowering.js';

/**
 * Tensors of `shapes` that `compute` fills in place, in JavaScript: for what has no kernel, and where sums want the
 * digits of float64.
 */
export function computed(
  k: Kernels,
  shapes: readonly Extents[],
  operands: readonly WasmTensor[],
  compute: (results: readonly Numbers[], operands: readonly Numbers[]) => void,
): readonly WasmTensor[] {
  // All are made before the first is viewed, as making one may move the memory.
  const results = shapes.map((shape) => k.make(shape));
  compute(results.map(k.view), operands.map(k.view));
  return results;
}

/** The operation's own float64 reference, where that is fast enough. */
export const byReference =
  <A extends Attributes>(
    op: OpDefinition<'any', A, 'any'>,
    dtypes: readonly ('float32' | 'int32')[] = ['float32'],
  ): AnyLowering<A> =>
  (k, operands, attributes, shapes) => {
    const doubles = operands.map((tensor) => ({
      shape: tensor.shape,
      data: new Float64Array(k.view(tensor)),
    }));
    return op.evaluate(doubles, attributes, shapes).map(({ shape, data }, i) => {
      const result = k.make(shape, dtypes[i]);
      k.view(result).set(data);
      return result;
    });
  };

export function scalar(k: Kernels, value: number): WasmTensor {
  const tensor = k.make([]);
  k.view(tensor)[0] = value;
  return tensor;
}

/** The same elements in row-major order under another shape; nothing is copied. */
export const reshaped = (k: Kernels, x: WasmTensor, shape: Extents): WasmTensor =>
  k.run('Reshape', { x }, { shape: [...shape] });

export function vector(k: Kernels, values: ArrayLike<number>): WasmTensor {
  const tensor = k.make([values.length]);
  k.view(tensor).set(values);
  return tensor;
}
