import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { buffersIn, errorOf, type Reply, type Request, type Service } from './protocol.js';

/** A service on a thread of its own. It does not keep the process alive but where a promise of it is `awaited`. */
export interface Client<S extends Service> {
  /** Rejects with what the function throws, of the same class. Arrays among the arguments move: the caller keeps none of them. */
  call<K extends keyof S & string>(
    name: K,
    ...args: Parameters<S[K]>
  ): Promise<Awaited<ReturnType<S[K]>>>;
  awaited<T>(promise: Promise<T>): Promise<T>;
  close(): Promise<void>;
}

interface Waiting {
  resolve(result: unknown): void;
  reject(error: Error): void;
}

/**
 * @param script a module that calls `serve`, started with `workerData`
 * @param ended what calls reject with once the thread has ended, and why where it failed
 */
export function openClient<S extends Service>(
  script: URL,
  workerData: unknown,
  ended: (reason?: string) => Error,
): Client<S> {
  const worker = new Worker(script, { workerData });
  const waiting = new Map<number, Waiting>();
  let [next, held] = [0, 0];
  let over: Error | undefined;
  const end = (error: Error): void => {
    over ??= error;
    for (const { reject } of waiting.values()) reject(over);
    waiting.clear();
  };
  worker.unref();
  worker.on('message', (reply: Reply) => {
    const { resolve, reject } = waiting.get(reply.id)!;
    waiting.delete(reply.id);
    if ('problem' in reply) reject(errorOf(reply.problem));
    else resolve(reply.result);
  });
  worker.on('error', (error) => end(ended(error.message)));
  worker.on('exit', () => end(ended()));
  const post = (request: Request): void => worker.postMessage(request, buffersIn(request));
  return {
    call: (name, ...args) =>
      new Promise((resolve, reject) => {
        if (over) return reject(over);
        const id = next++;
        waiting.set(id, { resolve: resolve as Waiting['resolve'], reject });
        post({ id, call: name, args });
      }),
    async awaited(promise) {
      if (held++ === 0) worker.ref();
      try {
        return await promise;
      } finally {
        if (--held === 0) worker.unref();
      }
    },
    async close() {
      if (over) return;
      const exited = once(worker, 'exit');
      held++;
      worker.ref();
      post({ close: true });
      await exited;
    },
  };
}
