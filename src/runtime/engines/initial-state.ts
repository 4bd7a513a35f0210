import type { Program } from '../../compiler/ir/graph.js';
import { initialValues } from '../../compiler/ir/initial-values.js';
import { evaluateShape } from '../../compiler/sizes/size.js';
import type { HostTensor, Tensors } from './engine.js';

/** Every variable of the program as it starts: by seed, path and shape alone. */
export function initialState({ variables }: Program, seed: number): Tensors {
  return Object.fromEntries(
    variables.map(({ path, initial, value: { type } }): [string, HostTensor] => {
      const shape = evaluateShape(type.shape, {});
      const values = initialValues(initial, path, shape, seed);
      return [path, { shape, data: type.dtype === 'int' ? Int32Array.from(values) : values }];
    }),
  );
}
