import { parentPort, workerData } from 'node:worker_threads';
import type { SavedModelFile } from '../../../compiler/emit/tensorflow/saved-model.js';
import type { Tensors } from '../engine.js';
import type { Plan } from './load.js';
import { openSession, type Session } from './session.js';

/** What a worker is started with. */
export interface WorkerData {
  readonly program: SavedModelFile;
  readonly plan: Plan;
}

export type Request =
  | { readonly do: 'describe' }
  | { readonly do: 'run'; readonly signature: string; readonly inputs: Tensors }
  | { readonly do: 'count' }
  | { readonly do: 'close' };

/** What each request gets back. */
export interface Results {
  describe: string;
  run: Tensors;
  count: number;
  close: null;
}

export interface Reply {
  readonly result?: Results[keyof Results];
  readonly error?: string;
}

const port = parentPort!;
const { program, plan } = workerData as WorkerData;
const opening = openSession(program, plan);
// A failure to open is told by every request's own reply.
opening.catch(() => {});

/** Replies go out in the order of the requests: the session blocks, and nothing else is waited for. */
port.on('message', async (request: Request) => {
  try {
    const result = answer(await opening, request);
    const buffers = request.do === 'run' ? buffersOf(result as Tensors) : [];
    port.postMessage({ result } satisfies Reply, buffers);
  } catch (error) {
    port.postMessage({ error: (error as Error).message } satisfies Reply);
  }
  if (request.do === 'close') port.close();
});

function answer(session: Session, request: Request): Results[keyof Results] {
  switch (request.do) {
    case 'describe':
      return session.description;
    case 'run':
      return session.run(request.signature, request.inputs);
    case 'count':
      return session.tensorCount();
    case 'close':
      session.close();
      return null;
  }
}

const buffersOf = (tensors: Tensors): ArrayBuffer[] =>
  Object.values(tensors).map(({ data }) => data.buffer as ArrayBuffer);
