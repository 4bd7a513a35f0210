import { dirname, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Position } from 'vscode-languageserver';
import type { SourceFile } from '../compiler/source/source.js';
import { diskFiles, isUnder, pathOf, uriOf } from './files.js';
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
  /** The folders that the editor has open; without any, each document has its own. */
  #folders: readonly string[] = [];
  #workspace = this.#workspaceOf(this.#root);

  get workspace(): Workspace {
    return this.#workspace;
  }

  /** Takes the first of the folders that the editor has open for that of the workspace; files are read in all of them. */
  begin(uris: readonly string[]): void {
    this.#folders = uris
      .filter((uri) => uri.startsWith('file:'))
      .map((uri) => resolve(fileURLToPath(uri)));
    const [first] = this.#folders;
    if (first === undefined) return;
    this.#root = first;
    this.#workspace = this.#workspaceOf(first);
  }

  #workspaceOf(root: string): Workspace {
    return new Workspace(diskFiles(root, () => this.#readable()));
  }

  /** Where files are read: in the open folders, and beside documents that were opened outside of all of them. */
  #readable(): readonly string[] {
    const documents = [...this.#uris.keys()].map((path) => resolve(this.#root, path));
    const apart = documents.filter(
      (path) => !this.#folders.some((folder) => isUnder(path, folder)),
    );
    return [...this.#folders, ...new Set(apart.map(dirname))];
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
