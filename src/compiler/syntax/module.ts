import type { Span } from '../source/source.js';
import type { Definition, File } from './ast.js';

/** A definition in sight, with the file it stands in. */
export interface Found {
  readonly definition: Definition;
  readonly module: Module;
  /** Where the name came into this file: its definition or its import. */
  readonly span: Span;
  /** A second find of the name, where using it is an error (variants-3). */
  readonly other?: Found;
}

/** One file: what it defines and what it imports, under one set of names. */
export interface Module {
  readonly path: string;
  readonly file: File;
  readonly definitions: ReadonlyMap<string, Definition>;
  readonly names: ReadonlyMap<string, Found>;
  /** The files it imports, in order. */
  readonly imports: readonly Module[];
}
