import type { Program, Variable } from '../../compiler/ir/graph.js';
import type { Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { InputError } from '../errors/errors.js';
import { averagedState } from '../weights/averages.js';
import { hostTensor, misfits, type StoredTensors } from '../weights/fit.js';
import {
  encodeSafetensors,
  readSafetensors,
  type TensorFile,
  writeSafetensors,
} from '../weights/safetensors.js';

type Notes = Readonly<Record<string, string>>;

const checkpointOf = (state: Tensors, step: number, notes: Notes): TensorFile => ({
  tensors: new Map(Object.entries(state)),
  metadata: { format: 'netc', step: String(step), ...notes },
});

/** Saves every variable by its path, how many steps made it, and what `notes` say. */
export const writeCheckpoint = (
  path: string,
  state: Tensors,
  step: number,
  notes: Notes = {},
): Promise<void> => writeSafetensors(path, checkpointOf(state, step, notes));

/** The bytes of the checkpoint that a run begins with. */
export const firstCheckpoint = (state: Tensors, notes: Notes): Uint8Array =>
  encodeSafetensors(checkpointOf(state, 0, notes));

/** What training keeps beside the network. */
const isOptimisers = ({ kind }: Variable): boolean => kind === 'slot' || kind === 'counter';

/** The weights and moments of a state. */
export const networkState = ({ variables }: Program, state: Tensors): Tensors =>
  Object.fromEntries(
    variables.filter((one) => !isOptimisers(one)).map(({ path }) => [path, state[path]!]),
  );

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
  return { ...initialState({ ...program, variables: optimisers }, 0), ...stateOf(own, tensors) };
}

const stateOf = (variables: readonly Variable[], tensors: StoredTensors): Tensors =>
  Object.fromEntries(
    variables.map(({ path, value: { type } }) => [
      path,
      hostTensor(tensors.get(path)!, type.dtype),
    ]),
  );

/** A training as it was when it was saved. */
export interface Saved {
  readonly state: Tensors;
  readonly step: number;
  readonly notes: Readonly<Record<string, string>>;
}

/**
 * All of a checkpoint, the optimiser's variables among it: what training goes on from. Throws `InputError` unless it has each
 * variable of `program`, in its shape, and no other.
 */
export async function readWhole(path: string, program: Program): Promise<Saved> {
  const { tensors, metadata } = await readSafetensors(path);
  const problems = misfits('it', program.variables, tensors);
  if (problems.length > 0) throw new InputError(ofAnotherNetwork(path, problems));
  const state = stateOf(program.variables, tensors);
  return { state, step: Number(metadata.step), notes: metadata };
}

/** How many steps made a checkpoint; null where it does not say. */
export async function stepOf(path: string): Promise<number | null> {
  try {
    const { metadata } = await readSafetensors(path);
    return metadata.step === undefined ? null : Number(metadata.step);
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}

/** One error, not one for each tensor. */
function ofAnotherNetwork(path: string, problems: readonly string[]): string {
  const shown = problems.slice(0, 3).join('; ');
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
  return `${path} is of another network: ${shown}${more}`;
}
