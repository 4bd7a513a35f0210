import {
  LSPErrorCodes,
  Message,
  type NotificationMessage,
  type RequestMessage,
  type ResponseMessage,
} from 'vscode-languageserver/node';
import { OpenDocuments } from './documents.js';
import { type Id, Thread } from './thread.js';

/** How long a request waits for another one, in milliseconds. */
const patience = 90;
/** After so long a thread that has begun nothing new is taken for lost: no text takes the compiler a quarter of it. */
const lost = 20_000;

const replay = 'netc/replay';

/**
 * Hands what an editor says to a thread that serves it. A text may take one of them seconds: then a second thread, which knows the
 * same texts, answers what comes meanwhile; and while both are busy, a request is refused at once, to be asked again.
 */
export class Dispatcher {
  readonly #documents = new OpenDocuments();
  /** The thread from which the answer to each request is taken. */
  readonly #pending = new Map<Id, Thread>();
  /** The first one tells of errors. */
  readonly #threads: Thread[] = [];
  #initialize: RequestMessage | undefined;

  constructor(
    readonly script: URL,
    /** To the editor. */
    readonly say: (message: Message) => void,
  ) {
    this.#threads.push(this.#start(true));
  }

  initialize(request: RequestMessage): void {
    // Whether the editor lives is watched by the process, not by its threads.
    const params = { ...(request.params as object), processId: null };
    this.#initialize = { ...request, params };
    this.#send(this.#initialize, this.#threads[0]!);
  }

  notify(message: NotificationMessage): void {
    if (message.method.startsWith('textDocument/did')) {
      try {
        this.#documents.follow(message);
      } catch {
        // What is no such notification is told by the thread.
      }
    }
    for (const thread of this.#threads) thread.send(message);
  }

  /** A request, which is answered, or refused within the patience of `patience`. */
  ask(request: RequestMessage): void {
    const thread = this.#threads.find(({ isFree }) => isFree) ?? this.#threads[0]!;
    const number = this.#send(request, thread);
    const overdue = (): void => {
      if (this.#pending.get(request.id) === thread && !thread.hasBegun(number)) {
        this.#elsewhere(request, thread);
      }
    };
    setTimeout(overdue, patience).unref();
  }

  end(): void {
    for (const thread of this.#threads) thread.end();
  }

  #send(request: RequestMessage, thread: Thread): number {
    if (request.id !== null) this.#pending.set(request.id, thread);
    return thread.send(request);
  }

  /** To the other thread where that is free; `busy` need not answer any more. */
  #elsewhere(request: RequestMessage, busy: Thread): void {
    const { id } = request;
    busy.send({ jsonrpc: '2.0', method: '$/cancelRequest', params: { id } } as NotificationMessage);
    const free = this.#threads.find((thread) => thread !== busy && thread.isFree);
    if (free) this.#send(request, free);
    else this.#refuse(id);
    if (this.#threads.length < 2) this.#threads.push(this.#startAgain(false));
    for (const thread of this.#threads) if (thread.waited > lost) thread.end();
  }

  #refuse(id: Id): void {
    this.#pending.delete(id);
    const message = 'another text is still being compiled: ask again';
    const error = {
      code: LSPErrorCodes.ServerCancelled,
      message,
      data: { retriggerRequest: true },
    };
    this.say({ jsonrpc: '2.0', id, error } as ResponseMessage);
  }

  #start(publishes: boolean): Thread {
    return new Thread(
      this.script,
      { publishes },
      {
        message: (message, from) => this.#hear(message, from),
        ended: (thread) => this.#replace(thread, publishes),
      },
    );
  }

  /** A thread that is told all that the editor has said of its folders and texts. */
  #startAgain(publishes: boolean): Thread {
    const thread = this.#start(publishes);
    if (!this.#initialize) return thread;
    thread.send({ ...this.#initialize, id: replay } as RequestMessage);
    thread.send({ jsonrpc: '2.0', method: 'initialized', params: {} } as NotificationMessage);
    for (const message of this.#documents.messages()) thread.send(message);
    return thread;
  }

  #hear(message: Message, from: Thread): void {
    if (Message.isResponse(message)) {
      if (message.id === null || this.#pending.get(message.id) !== from) return;
      this.#pending.delete(message.id);
    } else if (from !== this.#threads[0]) return;
    this.say(message);
  }

  /** Takes another thread in the place of one that died, and refuses what it was asked. */
  #replace(thread: Thread, publishes: boolean): void {
    for (const [id, from] of this.#pending) if (from === thread) this.#refuse(id);
    const at = this.#threads.indexOf(thread);
    if (at >= 0) this.#threads[at] = this.#startAgain(publishes);
  }
}
