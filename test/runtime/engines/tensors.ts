import type { DType } from '../../../src/compiler/ir/graph.js';
import type { Tensor } from '../../../src/compiler/ops/values.js';
import type { HostTensor, Tensors } from '../../../src/runtime/engines/engine.js';

/** The same numbers for an engine: the reference's are float32 numbers in these tests. */
export const fed = (tensors: Readonly<Record<string, Tensor & { dtype?: DType }>>): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data, dtype }]) => [
      name,
      { shape, data: dtype === 'int' ? Int32Array.from(data) : Float32Array.from(data) },
    ]),
  );

/** The same numbers for the reference. */
export const referenceOf = (tensors: Tensors): Record<string, Tensor> =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [
      name,
      { shape, data: Float64Array.from(data) },
    ]),
  );

/** The largest difference of two tensors over the largest magnitude in the second; NaN where one has a NaN. */
export function distance(actual: HostTensor, expected: Tensor): number {
  let [difference, greatest] = [0, 0];
  expected.data.forEach((value, i) => {
    difference = Math.max(difference, Math.abs(value - actual.data[i]!));
    greatest = Math.max(greatest, Math.abs(value));
  });
  return greatest === 0 ? difference : difference / greatest;
}
