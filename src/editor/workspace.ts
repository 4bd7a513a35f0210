import { Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { loadModules } from '../compiler/load/modules.js';
import type { SourceFile, SourceReader } from '../compiler/source/source.js';
import type { Module } from '../compiler/syntax/module.js';
import { ParseCache } from '../compiler/syntax/parse-cache.js';
import { type Analysis, analyse, type Loaded, noting } from './analysis.js';
import type { Files } from './files.js';

/** What is open in the editor over what is in its folder, and what is known of each file. */
export class Workspace {
  readonly cache = new ParseCache();
  readonly #open = new Map<string, string>();
  readonly #sources = new Map<string, SourceFile>();
  readonly #analyses = new Map<string, Analysis>();
  readonly #good = new Map<string, Analysis>();
  readonly #loaded = new Map<string, Loaded>();

  constructor(readonly files: Files) {}

  /** The reader of the compiler: open buffers first, then the disk. */
  readonly reader: SourceReader = {
    read: (path) => {
      const text = this.#open.get(path) ?? this.files.read(path);
      if (text === undefined) return undefined;
      const known = this.#sources.get(path);
      if (known?.text === text) return known;
      const source = { path, text };
      this.#sources.set(path, source);
      return source;
    },
    resolve: (from, specifier) => this.files.resolve(from, specifier),
    refusal: (path) => (this.#open.has(path) ? undefined : this.files.refusal?.(path)),
  };

  /** Takes over the text of a buffer. */
  update(path: string, text: string): void {
    this.#open.set(path, text);
  }

  close(path: string): void {
    for (const known of [this.#open, this.#analyses, this.#good]) known.delete(path);
  }

  /** The paths of the open buffers. */
  get open(): readonly string[] {
    return [...this.#open.keys()];
  }

  /** What is known of the file at `path` as it stands; undefined where there is none. */
  analysis(path: string): Analysis | undefined {
    const known = this.#analyses.get(path);
    if (known && this.#isCurrent(known)) return known;
    const made = analyse(path, this.reader, this.cache.parse);
    if (!made) return undefined;
    this.#analyses.set(path, made);
    if (!made.hasErrors) this.#good.set(path, made);
    return made;
  }

  /** What was known when the file was last without an error; undefined where it never was. */
  lastGood(path: string): Analysis | undefined {
    return this.#good.get(path);
  }

  /** Trees of the files that `path` needs, itself last, without expanding its models; the same until a text changes. */
  modules(path: string): readonly Module[] {
    const known = [this.#analyses.get(path), this.#loaded.get(path)].find(
      (each) => each && this.#isCurrent(each),
    );
    if (known) return known.modules;
    const { reader, texts } = noting(this.reader);
    const modules = loadModules(path, reader, new Diagnostics(), this.cache.parse)?.all ?? [];
    this.#loaded.set(path, { modules, texts });
    return modules;
  }

  #isCurrent({ texts }: Loaded): boolean {
    return [...texts].every(([path, text]) => this.reader.read(path)?.text === text);
  }
}
