import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createMessageConnection,
  type MessageConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-jsonrpc/node';
import type { Diagnostic, Position } from 'vscode-languageserver';
import { main } from '../cli/netc.js';
import { mark } from './marked.js';

/** An editor: a client of the built `netc lsp` over its standard input and output. */
export class Editor {
  readonly process: ChildProcess;
  readonly connection: MessageConnection;
  readonly #versions = new Map<string, number>();
  readonly #waiting: ((uri: string, diagnostics: readonly Diagnostic[]) => void)[] = [];

  constructor(readonly folder: string) {
    this.process = spawn(process.execPath, [main, 'lsp', '--stdio'], { cwd: folder });
    const { stdout, stdin } = this.process;
    this.connection = createMessageConnection(
      new StreamMessageReader(stdout!),
      new StreamMessageWriter(stdin!),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', ({ uri, diagnostics }) => {
      for (const tell of [...this.#waiting]) tell(uri, diagnostics);
    });
    this.connection.listen();
  }

  uri = (file: string): string => pathToFileURL(join(this.folder, file)).href;

  async begin(): Promise<{ capabilities: Record<string, unknown> }> {
    const workspaceFolders = [{ uri: pathToFileURL(this.folder).href, name: 'nets' }];
    const parameters = {
      processId: process.pid,
      rootUri: null,
      capabilities: {},
      workspaceFolders,
    };
    const answer = await this.ask<{ capabilities: Record<string, unknown> }>(
      'initialize',
      parameters,
    );
    await this.tell('initialized', {});
    return answer;
  }

  ask<R>(method: string, parameters?: object): Promise<R> {
    return this.connection.sendRequest<R>(method, parameters);
  }

  tell(method: string, parameters?: object): Promise<void> {
    return this.connection.sendNotification(method, parameters);
  }

  /**
   * Opens `file`, or gives it a new text, in which a mark may be the cursor; returns where that is. Without a text it is
   * opened as it is on the disk.
   */
  async write(
    file: string,
    text = readFileSync(join(this.folder, file), 'utf8'),
  ): Promise<Position> {
    const uri = this.uri(file);
    const before = text.slice(0, Math.max(0, text.indexOf(mark))).split('\n');
    const version = (this.#versions.get(uri) ?? 0) + 1;
    this.#versions.set(uri, version);
    const plain = text.replace(mark, '');
    if (version === 1) {
      const textDocument = { uri, languageId: 'netc', version, text: plain };
      await this.tell('textDocument/didOpen', { textDocument });
    } else {
      const textDocument = { uri, version };
      await this.tell('textDocument/didChange', {
        textDocument,
        contentChanges: [{ text: plain }],
      });
    }
    return { line: before.length - 1, character: before.at(-1)!.length };
  }

  /** Asks about the cursor in a text that `file` now has. */
  async at<R>(method: string, file: string, text: string, rest: object = {}): Promise<R> {
    const position = await this.write(file, text);
    return this.ask<R>(method, { textDocument: { uri: this.uri(file) }, position, ...rest });
  }

  /** The next diagnostics of `file` that are `wanted`. */
  errors(
    file: string,
    wanted: (found: readonly Diagnostic[]) => boolean = () => true,
  ): Promise<readonly Diagnostic[]> {
    return new Promise((resolve) => {
      const tell = (uri: string, found: readonly Diagnostic[]): void => {
        if (uri !== this.uri(file) || !wanted(found)) return;
        this.#waiting.splice(this.#waiting.indexOf(tell), 1);
        resolve(found);
      };
      this.#waiting.push(tell);
    });
  }

  /** How the server ended. */
  ended(): Promise<number | null> {
    const { process } = this;
    if (process.exitCode !== null) return Promise.resolve(process.exitCode);
    return new Promise((resolve) => process.once('close', resolve));
  }
}
