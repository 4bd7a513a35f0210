import type { Program, Variable } from '../../compiler/ir/graph.js';
import type { Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { InputError } from '../errors/errors.js';
import { averagedState } from '../weights/averages.js';
import { finite } from '../weights/finite.js';
import { hostTensor, misfits, type StoredTensors } from '../weights/fit.js';
import { type Encoded, encodeSafetensors } from '../weights/safetensors/encode.js';
import { readMetadata, readSafetensors } from '../weights/safetensors/file.js';
import type { TensorFile } from '../weights/safetensors/format.js';
import { readWith } from './whole-checkpoints.js';

type Notes = Readonly<Record<string, string>>;

/** The file of every variable by its path, how many steps made it, and what `notes` say. */
export const checkpointOf = (state: Tensors, step: number, notes: Notes = {}): Encoded =>
  encodeSafetensors({
    tensors: new Map(Object.entries(state)),
    metadata: { format: 'netc', step: String(step), ...notes },
  });

/** What training keeps beside the network. */
const isOptimisers = ({ kind }: Variable): boolean => kind === 'slot' || kind === 'counter';

/** The weights and moments of a state. */
export const networkState = ({ variables }: Program, state: Tensors): Tensors =>
  Object.fromEntries(
    variables.filter((one) => !isOptimisers(one)).map(({ path }) => [path, state[path]!]),
  );

/**
 * The state of `program` with the weights and moments of a checkpoint, the optimiser's variables at
 * their start: what is scored and exported. Where the run averaged its weights these are the averages. Throws `InputError` unless
 * the checkpoint is whole and has each weight and moment, finite and in its shape, and no other.
 */
export async function readCheckpoint(path: string, program: Program): Promise<Tensors> {
  const read = await readWith(path, readSafetensors);
  const tensors = new Map(Object.entries(averagedState(Object.fromEntries(read.tensors))));
  const optimisers = program.variables.filter(isOptimisers);
  const own = program.variables.filter((variable) => !isOptimisers(variable));
  refuseMisfits(path, own, tensors);
  return { ...initialState({ ...program, variables: optimisers }, 0), ...stateOf(own, tensors) };
}

/** One error, not one for each tensor. */
function refuseMisfits(path: string, own: readonly Variable[], tensors: StoredTensors): void {
  const problems = misfits('it', own, tensors);
  if (problems.length > 0) {
    const shown = problems.slice(0, 3).join('; ');
    const more = problems.length > 3 ? `; and ${problems.length - 3} more` : '';
    throw new InputError(`${path} is of another network: ${shown}${more}`);
  }
  const weights = own.filter((one) => !isOptimisers(one)).map((one) => one.path);
  const bad = weights.find((name) => !finite(tensors.get(name)!));
  if (bad !== undefined)
    throw new InputError(
      `${path} has NaN or infinite numbers in ${bad}: take an earlier checkpoint`,
    );
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
 * All of a checkpoint, the optimiser's variables among it: what training goes on from. Throws `InputError` unless it is whole, says
 * its step, and has each variable of `program` in its shape and no other.
 */
export async function readWhole(path: string, program: Program): Promise<Saved> {
  const { tensors, metadata } = await readWith(path, readSafetensors);
  refuseMisfits(path, program.variables, tensors);
  const step = stepIn(metadata);
  if (step === null) {
    throw new InputError(`${path} is damaged: its step is ${JSON.stringify(metadata.step)}`);
  }
  return { state: stateOf(program.variables, tensors), step, notes: metadata };
}

function stepIn({ step }: TensorFile['metadata']): number | null {
  return step !== undefined && /^\d{1,15}$/.test(step) ? Number(step) : null;
}

/** How many steps made a checkpoint; null where it does not say. */
export async function stepOf(path: string): Promise<number | null> {
  try {
    return stepIn(await readMetadata(path));
  } catch (error) {
    if (error instanceof InputError) return null;
    throw error;
  }
}
