import {
  emitSavedModel,
  type SavedModelFile,
} from '../../../compiler/emit/tensorflow/saved-model.js';
import type { Program } from '../../../compiler/ir/graph.js';
import { towersOf } from '../../../compiler/passes/towers/towers.js';
import { EngineError } from '../../errors/errors.js';
import type { Engine } from '../engine.js';
import { verify } from '../setup/setup.js';
import { openWorker } from '../worker-engine.js';
import { deviceKind, type Plan, plan, type TensorFlowOptions, usesKernels } from './load.js';
import type { WorkerData } from './tensorflow-worker.js';

/** The program for what was set up. */
export const emitFor = (
  found: Plan,
  program: Program,
  timed: readonly string[] = [],
): SavedModelFile =>
  emitSavedModel(program, { ownKernels: usesKernels(found), devices: deviceKind(found), timed });

/** How a program is opened. */
export interface OpenOptions extends Omit<TensorFlowOptions, 'devices'> {
  /** Functions that `Engine.time` will be asked for. */
  readonly timed?: readonly string[];
}

/**
 * Opens a program in TensorFlow on a thread of its own.
 * @throws EngineError where TensorFlow is not set up, refuses the program, or has no GPU and one is required
 */
export async function openTensorFlow(program: Program, options: OpenOptions = {}): Promise<Engine> {
  const found = await plan({ ...options, devices: towersOf(program) });
  return openSavedModel(emitFor(found, program, options.timed), found).catch(async (error) => {
    throw await withDamage(error, found);
  });
}

/** The error, or in its place what is wrong with the library's files. */
async function withDamage(error: Error, { installation: { variant } }: Plan): Promise<Error> {
  const verified = await verify(variant).catch(() => null);
  if (!verified?.damage) return error;
  return new EngineError(`${verified.damage}. ${error.message}`, { cause: error });
}

/** The same of a program that is emitted already. */
export function openSavedModel(program: SavedModelFile, plan: Plan): Promise<Engine> {
  const workerData: WorkerData = { program, plan };
  return openWorker('tensorflow', new URL('./tensorflow-worker.js', import.meta.url), workerData);
}
