import type { MessagePort } from 'node:worker_threads';
import { buffersOf, type Reply, type Request, type Results } from './protocol.js';
import type { Session } from './session.js';

/**
 * Answers a client's requests from the session that is being opened. Replies go out in the order of the requests: the
 * session blocks, and nothing else is waited for.
 */
export function serve(port: MessagePort, opening: Promise<Session>): void {
  // A failure to open is told by every request's own reply.
  opening.catch(() => {});
  port.on('message', async (request: Request) => {
    try {
      const result = answer(await opening, request);
      const moved = typeof result === 'object' && result !== null ? buffersOf(result) : [];
      port.postMessage({ result } satisfies Reply, moved);
    } catch (error) {
      port.postMessage({ error: (error as Error).message } satisfies Reply);
    }
    if (request.do === 'close') port.close();
  });
}

function answer(session: Session, request: Request): Results[keyof Results] {
  switch (request.do) {
    case 'describe':
      return session.description;
    case 'run':
      return session.run(request.fn, request.inputs);
    case 'read':
      return session.read();
    case 'write':
      session.write(request.variables);
      return null;
    case 'count':
      return session.tensorCount();
    case 'close':
      session.close();
      return null;
  }
}
