import { Worker } from 'node:worker_threads';
import { Message, type RequestMessage, type ResponseMessage } from 'vscode-languageserver/node';

export type Id = ResponseMessage['id'];

/** The notifications by which a thread tells that it has come to what was sent behind the first of the two. */
export const marks = { begin: 'netc/begin', begun: 'netc/begun' } as const;

/** What a thread is started with: whether it tells the editor of errors by itself. */
export interface ThreadData {
  readonly publishes: boolean;
}

interface Told {
  message(message: Message, from: Thread): void;
  /** It ended without being told to. */
  ended(thread: Thread): void;
}

/** Memory of one thread, in MB: with a text that needs more it ends, and the server does not. */
const memory = 1_024;

/** A language server on a thread of its own. It takes one message after the other, and is deaf while it is at one. */
export class Thread {
  readonly #worker: Worker;
  readonly #unanswered = new Set<Id>();
  #sent = 0;
  #begun = 0;
  /** Since when something waits to be begun. */
  #waitingSince = 0;

  constructor(script: URL, workerData: ThreadData, told: Told) {
    this.#worker = new Worker(script, {
      workerData,
      resourceLimits: { maxOldGenerationSizeMb: memory },
    });
    this.#worker.on('message', (message: Message) => {
      if (Message.isResponse(message)) this.#unanswered.delete(message.id);
      if (Message.isNotification(message) && message.method === marks.begun) {
        this.#begun = (message.params as unknown as readonly number[])[0] ?? this.#begun;
        this.#waitingSince = Date.now();
      } else told.message(message, this);
    });
    this.#worker.on('error', (error) => process.stderr.write(`${error.stack ?? error}\n`));
    this.#worker.on('exit', () => told.ended(this));
  }

  get isFree(): boolean {
    return this.#begun > 0 && this.#begun === this.#sent && this.#unanswered.size === 0;
  }

  /** For how long, in milliseconds, nothing new was begun though something waits. */
  get waited(): number {
    return this.#begun === this.#sent ? 0 : Date.now() - this.#waitingSince;
  }

  /** Sends a message, and returns its number. */
  send(message: Message): number {
    if (this.#begun === this.#sent) this.#waitingSince = Date.now();
    const number = ++this.#sent;
    const begin = { jsonrpc: '2.0', method: marks.begin, params: [number] };
    this.#worker.postMessage(begin);
    this.#worker.postMessage(message);
    if (Message.isRequest(message)) this.#unanswered.add((message as RequestMessage).id);
    return number;
  }

  hasBegun(number: number): boolean {
    return this.#begun >= number;
  }

  end(): void {
    void this.#worker.terminate();
  }
}
