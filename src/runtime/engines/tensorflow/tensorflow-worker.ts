import { parentPort, workerData } from 'node:worker_threads';
import type { SavedModelFile } from '../../../compiler/emit/tensorflow/saved-model.js';
import { serveSession } from '../worker-engine.js';
import type { Plan } from './load.js';
import { openSession } from './session.js';

/** What a worker is started with. */
export interface WorkerData {
  readonly program: SavedModelFile;
  readonly plan: Plan;
}

const { program, plan } = workerData as WorkerData;
serveSession(parentPort!, openSession(program, plan));
