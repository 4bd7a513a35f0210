import type { SavedModelFile } from '../../../compiler/emit/tensorflow/saved-model.js';
import type { Engine } from '../engine.js';
import { openWorker } from '../worker-engine.js';
import { plan, type TensorFlowOptions } from './load.js';
import type { WorkerData } from './tensorflow-worker.js';

/**
 * Opens a program in TensorFlow on a thread of its own.
 * @throws EngineError where TensorFlow is not set up, refuses the program, or has no GPU and one is required
 */
export async function openTensorFlow(
  program: SavedModelFile,
  options: TensorFlowOptions = {},
): Promise<Engine> {
  const workerData: WorkerData = { program, plan: await plan(options) };
  return openWorker('tensorflow', new URL('./tensorflow-worker.js', import.meta.url), workerData);
}
