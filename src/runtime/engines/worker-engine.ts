import type { MessagePort } from 'node:worker_threads';
import { EngineError } from '../errors/errors.js';
import { openClient } from '../workers/client.js';
import { serve } from '../workers/serve.js';
import type { Engine, Tensors } from './engine.js';
import type { Session } from './session.js';

const serviceOf = ({ description, ...session }: Session) => ({
  ...session,
  describe: (): string => description,
});

/** On a worker's thread: answers the engine's calls from the session that is being opened. */
export const serveSession = (port: MessagePort, opening: Promise<Session>): void =>
  serve(port, opening.then(serviceOf), { end: ({ close }) => close() });

/**
 * An engine on a thread of its own: calls block there, and progress, signals and data do not wait. An engine that is
 * idle does not keep the process alive.
 * @param script a module that calls `serveSession`, started with `workerData`
 * @throws EngineError where its session cannot be opened
 */
export async function openWorker(
  name: Engine['name'],
  script: URL,
  workerData: unknown,
): Promise<Engine> {
  const client = openClient<ReturnType<typeof serviceOf>>(
    script,
    workerData,
    (reason) => new EngineError(reason ? `The engine failed: ${reason}` : 'The engine is closed.'),
  );
  const answered = <T>(promise: Promise<T>): Promise<T> =>
    client.awaited(promise).catch((error: Error) => {
      throw error instanceof EngineError ? error : new EngineError(error.message);
    });
  const description = await answered(client.call('describe')).catch(async (error) => {
    await client.close();
    throw error;
  });
  return {
    name,
    description,
    call: (fn, inputs) => answered(client.call('run', fn, copyOf(inputs))),
    time: (fn, inputs) => answered(client.call('time', fn, copyOf(inputs))),
    read: () => answered(client.call('read')),
    write: (variables) => answered(client.call('write', copyOf(variables))),
    tensorCount: () => answered(client.call('tensorCount')),
    close: () => client.close(),
  };
}

/** The caller keeps its arrays; a copy of just the values (a view's buffer may be far larger) moves to the worker. */
const copyOf = (tensors: Tensors): Tensors =>
  Object.fromEntries(
    Object.entries(tensors).map(([name, { shape, data }]) => [name, { shape, data: data.slice() }]),
  );
