import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from 'vscode-languageserver';
import type { SourceFile } from '../compiler/source/source.js';
import { diskFiles, pathOf, uriOf } from './files.js';
import { offsetOf } from './positions.js';
import { Workspace } from './workspace.js';

/** A document of the editor as the server knows it. */
export interface Cursor {
  readonly path: string;
  readonly file: SourceFile;
  readonly offset: number;
}

/** The editor's folder and buffers, by their addresses. */
export class Session {
  readonly #uris = new Map<string, string>();
  #root = process.cwd();
  #workspace = new Workspace(diskFiles(this.#root));

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Takes `uri` for the folder of the workspace. */
  begin(uri: string | null): void {
    if (!uri?.startsWith('file:')) return;
    this.#root = resolve(fileURLToPath(uri));
    this.#workspace = new Workspace(diskFiles(this.#root));
  }

  /** As the editor writes it, for what it has open: there is more than one way to write an address. */
  readonly uriOf = (path: string): string => this.#uris.get(path) ?? uriOf(this.#root, path);

  pathOf(uri: string): string | undefined {
    return pathOf(this.#root, uri);
  }

  update(uri: string, text: string): void {
    const path = this.pathOf(uri);
    if (path === undefined) return;
    this.#uris.set(path, uri);
    this.#workspace.update(path, text);
  }

  close(uri: string): void {
    const path = this.pathOf(uri);
    if (path === undefined) return;
    this.#uris.delete(path);
    this.#workspace.close(path);
  }

  /** A place in a document; undefined where there is no such file. */
  cursor(uri: string, position: Position = { line: 0, character: 0 }): Cursor | undefined {
    const path = this.pathOf(uri);
    const file = path === undefined ? undefined : this.#workspace.reader.read(path);
    return path === undefined || !file
      ? undefined
      : { path, file, offset: offsetOf(file, position) };
  }
}
