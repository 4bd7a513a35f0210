import type { Connection } from 'vscode-languageserver';
import { mistakesIn } from './diagnostics.js';
import { toDiagnostic } from './protocol.js';
import type { Session } from './session.js';

/** How long the writer must rest before mistakes are sought, in milliseconds. */
const rest = 25;

/** Tells the editor what is wrong with its buffers, a moment after the last key. */
export class Publisher {
  #timer: NodeJS.Timeout | undefined;

  constructor(
    readonly connection: Connection,
    readonly session: Session,
  ) {}

  /** Newer text puts off what was due for the older one. */
  soon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#publish(), rest);
  }

  clear(uri: string): void {
    this.#send(uri, []);
  }

  /** All buffers, since a file may be wrong through one that it imports; what has not changed is known. */
  #publish(): void {
    const { workspace, uriOf } = this.session;
    for (const path of workspace.open) {
      try {
        const mistakes = mistakesIn(workspace, path);
        this.#send(
          uriOf(path),
          mistakes.map((mistake) => toDiagnostic(mistake, uriOf)),
        );
      } catch (error) {
        this.connection.console.error(`${path}: ${error instanceof Error ? error.stack : error}`);
      }
    }
  }

  #send(uri: string, diagnostics: ReturnType<typeof toDiagnostic>[]): void {
    void this.connection.sendDiagnostics({ uri, diagnostics });
  }
}
