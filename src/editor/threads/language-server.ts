import {
  Message,
  type RequestMessage,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import { Dispatcher } from './dispatcher.js';

/** How often it is seen whether the editor lives, in milliseconds. */
const watch = 3_000;

/** Serves an editor over two streams until it says exit, or it or its stream ends; then the process ends. */
export function serveStreams(input: NodeJS.ReadableStream, output: NodeJS.WritableStream): void {
  const reader = new StreamMessageReader(input);
  const writer = new StreamMessageWriter(output);
  const script = new URL('./server-worker.js', import.meta.url);
  const dispatcher = new Dispatcher(script, (message) => void writer.write(message));
  let isShutDown = false;
  const exit = (): never => process.exit(isShutDown ? 0 : 1);
  // What is no message is skipped.
  reader.onError((error) => process.stderr.write(`${error.message}\n`));
  reader.onClose(exit);
  input.on('end', exit);
  reader.listen((message) => {
    if (Message.isRequest(message)) {
      if (message.method === 'initialize') {
        watchOver(message, exit);
        dispatcher.initialize(message);
      } else if (message.method === 'shutdown') {
        isShutDown = true;
        void writer.write({ jsonrpc: '2.0', id: message.id, result: null } as Message);
      } else dispatcher.ask(message);
    } else if (Message.isNotification(message)) {
      if (message.method === 'exit') exit();
      dispatcher.notify(message);
    }
  });
}

/** An editor that died cannot say so. */
function watchOver({ params }: RequestMessage, exit: () => never): void {
  const { processId } = params as { readonly processId?: number | null };
  if (typeof processId !== 'number') return;
  setInterval(() => {
    try {
      process.kill(processId, 0);
    } catch {
      exit();
    }
  }, watch).unref();
}
