import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type Engine, EngineError, type Tensors } from './engine.js';
import { buffersOf, type Reply, type Request, type Results } from './protocol.js';

/**
 * An engine on a thread of its own: calls block there, and progress, signals and data do not wait. An engine that is
 * idle does not keep the process alive.
 * @param script a module that calls `serve`, started with `workerData`
 * @throws EngineError where its session cannot be opened
 */
export async function openWorker(
  name: Engine['name'],
  script: URL,
  workerData: unknown,
): Promise<Engine> {
  const worker = new Worker(script, { workerData });
  const ask = asker(worker);
  let description: string;
  try {
    description = await ask({ do: 'describe' });
  } catch (error) {
    await worker.terminate();
    throw error;
  }
  return {
    name,
    description,
    call(fn, inputs) {
      const copies = copyOf(inputs);
      return ask({ do: 'run', fn, inputs: copies }, buffersOf(copies));
    },
    read: () => ask({ do: 'read' }),
    async write(variables) {
      const copies = copyOf(variables);
      await ask({ do: 'write', variables: copies }, buffersOf(copies));
    },
    tensorCount: () => ask({ do: 'count' }),
    async close() {
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
