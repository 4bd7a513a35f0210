import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { SavedModelFile } from '../../../compiler/emit/tensorflow/saved-model.js';
import { type Engine, EngineError, type Tensors } from '../engine.js';
import { plan, type TensorFlowOptions } from './load.js';
import type { Reply, Request, Results, WorkerData } from './worker.js';

/**
 * Opens a program in TensorFlow on a thread of its own: calls block there, and progress, signals and data do not wait.
 * An engine that is idle does not keep the process alive.
 * @throws EngineError where TensorFlow is not set up, refuses the program, or has no GPU and one is required
 */
export async function openTensorFlow(
  program: SavedModelFile,
  options: TensorFlowOptions = {},
): Promise<Engine> {
  const workerData: WorkerData = { program, plan: await plan(options) };
  const worker = new Worker(new URL('./worker.js', import.meta.url), { workerData });
  const ask = asker(worker);
  let description: string;
  try {
    description = await ask({ do: 'describe' });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  const run = (signature: string, inputs: Tensors): Promise<Tensors> => {
    const copies = copyOf(inputs);
    const buffers = Object.values(copies).map(({ data }) => data.buffer as ArrayBuffer);
    return ask({ do: 'run', signature, inputs: copies }, buffers);
  };
  return {
    name: 'tensorflow',
    description,
    call: run,
    // A program without variables has no signatures for them.
    read: async () => ('read_state' in program.signatures ? run('read_state', {}) : {}),
    write: async (variables) => {
      if ('write_state' in program.signatures) await run('write_state', variables);
    },
    tensorCount: () => ask({ do: 'count' }),
    close: async () => {
      const exited = once(worker, 'exit');
      await ask({ do: 'close' });
      worker.ref();
      await exited;
    },
  };
}

/** The caller keeps its arrays; a copy of just the values (a view's buffer may be far larger) moves to the worker. */
const copyOf = (tensors: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );

type Ask = <K extends Request['do']>(
  request: Request & { readonly do: K },
  buffers?: readonly ArrayBuffer[],
) => Promise<Results[K]>;

interface Waiting {
  resolve(result: unknown): void;
  reject(error: EngineError): void;
}

function asker(worker: Worker): Ask {
  const waiting: Waiting[] = [];
  let ended: EngineError | null = null;
  const end = (error: EngineError): void => {
    ended ??= error;
    for (const { reject } of waiting.splice(0)) reject(ended);
  };
  worker.unref();
  worker.on('message', ({ result, error }: Reply) => {
    const { resolve, reject } = waiting.shift()!;
    if (waiting.length === 0) worker.unref();
    if (error === undefined) resolve(result);
    else reject(new EngineError(error));
  });
  worker.on('error', (error) => end(new EngineError(`The engine failed: ${error.message}`)));
  worker.on('exit', () => end(new EngineError('The engine is closed.')));
  return (request, buffers = []) =>
    new Promise((resolve, reject) => {
      if (ended !== null) return reject(ended);
      worker.ref();
      waiting.push({ resolve: resolve as Waiting['resolve'], reject });
      worker.postMessage(request, buffers);
    });
}
