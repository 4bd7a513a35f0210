import type { Program } from '../../compiler/graph/graph.js';
import type { Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { hostTensor, misfits } from '../weights/fit.js';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.js';

/** Saves every variable by its path, and how many steps made it. */
export const writeCheckpoint = (path: string, state: Tensors, step: number): Promise<void> =>
  writeSafetensors(path, {
    tensors: new Map(Object.entries(state)),
    metadata: { format: 'netc', step: String(step) },
  });

/**
 * The variables of `program` out of a checkpoint. Throws `InputError` unless it has each, in its
 * shape, and nothing else of a network.
 */
export async function readCheckpoint(path: string, { variables }: Program): Promise<Tensors> {
  const { tensors } = await readSafetensors(path);
  const problems = misfits(path, variables, tensors);
  if (problems.length > 0) throw new InputError(...problems);
  return Object.fromEntries(
    variables.map(({ path: name, value }) => [
      name,
      hostTensor(tensors.get(name)!, value.type.dtype),
    ]),
  );
}
