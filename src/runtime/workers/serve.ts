import type { MessagePort } from 'node:worker_threads';
import { buffersIn, problemOf, type Reply, type Request, type Service } from './protocol.js';

export interface ServeOptions<S> {
  /** What is done with the service at its end. */
  readonly end?: (service: S) => void;
  /** Whether the end comes at once, and what was asked before is dropped. */
  readonly drops?: boolean;
}

/** Answers calls from the service that is being opened, one after the other, until told to close. */
export function serve<S extends Service>(
  port: MessagePort,
  opening: Promise<S>,
  { end, drops = false }: ServeOptions<S> = {},
): void {
  // A failure to open is told by every call's own reply.
  opening.catch(() => {});
  let closed = false;
  let last = Promise.resolve();
  const answer = async (request: Exclude<Request, { close: true }>): Promise<void> => {
    if (closed) return;
    const reply = await replyTo(request, opening);
    if (!closed) port.postMessage(reply, buffersIn(reply));
  };
  const close = async (): Promise<void> => {
    if (end) await opening.then(end, () => {});
    port.close();
  };
  port.on('message', (request: Request) => {
    if ('call' in request) last = last.then(() => answer(request));
    else {
      closed = drops;
      last = drops ? close() : last.then(close);
    }
  });
}

async function replyTo(
  { id, call, args }: Exclude<Request, { close: true }>,
  opening: Promise<Service>,
): Promise<Reply> {
  try {
    const service = (await opening) as Record<string, (...args: readonly unknown[]) => unknown>;
    return { id, result: await service[call]!(...args) };
  } catch (error) {
    return { id, problem: problemOf(error as NodeJS.ErrnoException) };
  }
}
