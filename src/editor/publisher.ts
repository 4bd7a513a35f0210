import { setImmediate } from 'node:timers/promises';
import type { Connection, Diagnostic } from 'vscode-languageserver';
import { diagnosticsIn } from './diagnostics.js';
import { toDiagnostic } from './protocol.js';
import type { Session } from './session.js';

/** How long the writer must rest before errors are sought, in milliseconds. */
const rest = 25;

/** Tells the editor what is wrong with its buffers, a moment after the last key. */
export class Publisher {
  readonly #sent = new Map<string, string>();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly connection: Connection,
    readonly session: Session,
  ) {}

  /** Newer text puts off what was due for the older one. */
  soon(): void {
    clearTimeout(this.#timer);
    const timer = setTimeout(() => void this.#publish(timer), rest);
    this.#timer = timer;
  }

  /** Forgets a document that was closed. */
  clear(uri: string): void {
    this.#send(uri, []);
    this.#sent.delete(uri);
  }

  /** All buffers, since a file may be wrong through one that it imports; what has not changed is known. */
  async #publish(timer: NodeJS.Timeout): Promise<void> {
    const { workspace, uriOf } = this.session;
    for (const path of workspace.open) {
      // What the editor has sent meanwhile comes first.
      await setImmediate();
      if (this.#timer !== timer) return;
      try {
        const errors = diagnosticsIn(workspace, path);
        this.#send(
          uriOf(path),
          errors.map((error) => toDiagnostic(error, uriOf)),
        );
      } catch (error) {
        this.connection.console.error(`${path}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  }

  #send(uri: string, diagnostics: Diagnostic[]): void {
    const text = JSON.stringify(diagnostics);
    if (this.#sent.get(uri) === text) return;
    this.#sent.set(uri, text);
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }
}
