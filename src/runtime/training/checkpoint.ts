import type { Program } from '../../compiler/graph/graph.js';
import { evaluateShape } from '../../compiler/shapes/size.js';
import type { Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { readSafetensors, writeSafetensors } from './safetensors.js';

/** Saves every variable by its path, and how many steps made it. */
export const writeCheckpoint = (path: string, state: Tensors, step: number): Promise<void> =>
  writeSafetensors(path, {
    tensors: new Map(Object.entries(state)),
    metadata: { format: 'netc', step: String(step) },
  });

/**
 * The variables of `program` out of a checkpoint. Throws `InputError` unless it has each, in its
 * shape.
 */
export async function readCheckpoint(path: string, { variables }: Program): Promise<Tensors> {
  const { tensors } = await readSafetensors(path);
  const problems: string[] = [];
  const state: Record<string, { shape: readonly number[]; data: Float32Array | Int32Array }> = {};
  for (const { path: name, value } of variables) {
    const wanted = evaluateShape(value.type.shape, {});
    const found = tensors.get(name);
    if (!found) problems.push(`${path} has no ${name}`);
    else if (found.shape.join() !== wanted.join()) {
      problems.push(
        `${path} has ${name} as [${found.shape.join(', ')}], the network wants [${wanted.join(', ')}]`,
      );
    } else state[name] = found;
  }
  if (problems.length > 0) throw new InputError(...problems);
  return state;
}
