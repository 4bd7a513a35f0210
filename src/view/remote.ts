import type { ViewedTexts } from '../runtime/viewing/texts.js';
import type { Service } from './service.js';

/** The methods of the service, each of which answers later. */
export type Remote = {
  readonly [K in keyof Service]: (
    ...args: Parameters<Service[K]>
  ) => Promise<ReturnType<Service[K]>>;
};

export interface Call {
  readonly id: number;
  readonly name: keyof Service;
  readonly args: readonly unknown[];
}

export interface Answer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

/** Starts the service in a worker, whose script the page holds. */
export function startService(
  script: string,
  texts: ViewedTexts,
  onFailure: (message: string) => void,
): Remote {
  const address = URL.createObjectURL(new Blob([script], { type: 'text/javascript' }));
  const worker = new Worker(address);
  const waiting = new Map<
    number,
    { resolve: (value: unknown) => void; reject: (e: Error) => void }
  >();
  let count = 0;
  worker.addEventListener('message', ({ data }: MessageEvent<Answer>) => {
    const { id, result, error } = data;
    const one = waiting.get(id);
    waiting.delete(id);
    if (error === undefined) one?.resolve(result);
    else {
      onFailure(error);
      one?.reject(new Error(error));
    }
  });
  worker.addEventListener('error', ({ message }) => onFailure(message));
  worker.postMessage(texts);
  const call = (name: keyof Service, args: readonly unknown[]): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const id = count++;
      waiting.set(id, { resolve, reject });
      worker.postMessage({ id, name, args } satisfies Call);
    });
  return new Proxy({} as Remote, {
    get:
      (_, name) =>
      (...args: readonly unknown[]) =>
        call(name as keyof Service, args),
  });
}
