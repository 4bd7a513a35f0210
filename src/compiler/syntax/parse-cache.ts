import { type Diagnostic, Diagnostics } from '../diagnostics/diagnostic.js';
import type { File } from './ast.js';
import { type Parse, parseFile } from './parse.js';

interface Parsed {
  readonly file: File;
  readonly errors: readonly Diagnostic[];
}

/** Parses a text once for as long as its file holds it: for an editor, which compiles at every key. */
export class ParseCache {
  readonly #parsed = new Map<string, Parsed>();
  #parses = 0;

  /** How many texts were parsed. */
  get parses(): number {
    return this.#parses;
  }

  readonly parse: Parse = (source, diagnostics) => {
    let known = this.#parsed.get(source.path);
    if (known?.file.source.text !== source.text) {
      this.#parses++;
      const found = new Diagnostics();
      known = { file: parseFile(source, found), errors: found.all() };
      this.#parsed.set(source.path, known);
    }
    diagnostics.add(...known.errors);
    return known.file;
  };
}
