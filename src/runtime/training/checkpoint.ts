import { join } from 'node:path';
import type { Program, Variable } from '../../compiler/graph/graph.js';
import type { Tensors } from '../engines/engine.js';
import { InputError } from '../errors.js';
import { hostTensor, misfits } from '../weights/fit.js';
import { readSafetensors, writeSafetensors } from '../weights/safetensors.js';
import { averagedState } from './averages.js';
import { initialState } from './initial-state.js';

/** Where a run keeps its state. */
export const checkpointPath = (folder: string): string =>
  join(folder, 'checkpoints', 'last.safetensors');

/** Saves every variable by its path, and how many steps made it. */
export const writeCheckpoint = (path: string, state: Tensors, step: number): Promise<void> =>
  writeSafetensors(path, {
    tensors: new Map(Object.entries(state)),
    metadata: { format: 'netc', step: String(step) },
  });

/** What training keeps beside the network. */
const isOptimisers = ({ kind }: Variable): boolean => kind === 'slot' || kind === 'counter';

/**
 * The state of `program` with the weights and moments of a checkpoint, the optimiser's variables at
 * their start: what is scored and exported. Where the run averaged its weights these are the averages. Throws `InputError` unless the checkpoint has each weight and moment, in its shape,
 * and no other.
 */
export async function readCheckpoint(path: string, program: Program): Promise<Tensors> {
  const read = await readSafetensors(path);
  const tensors = new Map(Object.entries(averagedState(Object.fromEntries(read.tensors))));
  const optimisers = program.variables.filter(isOptimisers);
  const own = program.variables.filter((variable) => !isOptimisers(variable));
  const problems = misfits('it', own, tensors);
  if (problems.length > 0) throw new InputError(ofAnotherNetwork(path, problems));
  const loaded = own.map(({ path: name, value: { type } }) => [
    name,
    hostTensor(tensors.get(name)!, type.dtype),
  ]);
  return {
    ...initialState({ ...program, variables: optimisers }, 0),
    ...Object.fromEntries(loaded),
  };
}

/** One mistake, not one for each tensor. */
function ofAnotherNetwork(path: string, problems: readonly string[]): string {
  const shown = problems.slice(0, 3).join('; ');
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  return `${path} is of another network: ${shown}${more}`;
}
