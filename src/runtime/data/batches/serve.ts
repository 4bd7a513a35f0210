import type { MessagePort } from 'node:worker_threads';
import { InputError } from '../../errors/errors.js';
import type { Batch } from '../patches.js';
import { buffersOf, type Problem, type Reply, type Request } from './protocol.js';

/** Answers requests for batches in their order, until told to close; what was asked before is then dropped. */
export function serve(port: MessagePort, opening: Promise<(step: number) => Promise<Batch>>): void {
  // A failure to open is told by every request's own reply.
  opening.catch(() => {});
  let closed = false;
  let last = Promise.resolve();
  const answer = async (step: number): Promise<void> => {
    if (closed) return;
    const reply = await replyTo(step, opening);
    if (!closed) port.postMessage(reply, 'batch' in reply ? buffersOf(reply.batch) : []);
  };
  port.on('message', (request: Request) => {
    if ('step' in request) last = last.then(() => answer(request.step));
    else {
      closed = true;
      port.close();
    }
  });
}

async function replyTo(
  step: number,
  opening: Promise<(step: number) => Promise<Batch>>,
): Promise<Reply> {
  try {
    const make = await opening;
    return { step, batch: await make(step) };
  } catch (error) {
    return { step, problem: problemOf(error as Error) };
  }
}

const problemOf = (error: Error): Problem => ({
  input: error instanceof InputError ? error.problems : null,
  message: error.message,
});
