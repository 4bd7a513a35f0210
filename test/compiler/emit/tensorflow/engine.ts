import { describe } from 'vitest';
import { emitSavedModel } from '../../../../src/compiler/emit/tensorflow/saved-model.js';
import type { DType, Program } from '../../../../src/compiler/graph/graph.js';
import type { Tensor } from '../../../../src/compiler/ops/definition.js';
import type { HostTensor, Tensors } from '../../../../src/runtime/engines/engine.js';
import { findInstallation } from '../../../../src/runtime/engines/setup/setup.js';
import { plan } from '../../../../src/runtime/engines/tensorflow/load.js';
import { openSession, type Session } from '../../../../src/runtime/engines/tensorflow/session.js';

const installed = (await findInstallation('cpu')) !== null;

/** Tests that need the engine; where `netc setup` could not make it they are skipped and listed so. */
export const withTensorFlow = describe.skipIf(!installed);

export const openProgram = async (program: Program): Promise<Session> =>
  openSession(emitSavedModel(program), await plan({ gpu: 'never' }));

/** The same numbers for the engine: the reference's are float32 numbers in these tests. */
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
    difference = Math.max(difference, Math.abs(value - actual.data[i]));
    greatest = Math.max(greatest, Math.abs(value));
  });
  return greatest === 0 ? difference : difference / greatest;
}
