import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { SourceReader, Span } from '../source/source.js';
import type { File, Import } from '../syntax/ast.js';
import type { Module } from '../syntax/module.js';
import { type Parse, parseFile } from '../syntax/parse.js';
import { wordsIn } from '../syntax/unread.js';
import { Binding } from './binding.js';

/** All files that `path` needs, itself last (files-1). Undefined where there is no such file, which is reported. */
export function loadModules(
  path: string,
  reader: SourceReader,
  diagnostics: Diagnostics,
  parse: Parse = parseFile,
): { readonly main: Module; readonly all: readonly Module[] } | undefined {
  const loading = new Loading(reader, diagnostics, parse);
  const main = loading.load(path);
  if (!main && !diagnostics.hasErrors) {
    diagnostics.report('NET0104', nowhere(path), { kind: 'commandLine', path });
  }
  return main && { main, all: [...loading.loaded.values()] };
}

/** Words of a file with all that it imports (text-6). */
const mostWords = 500_000;

const nowhere = (path: string): Span => ({ file: { path, text: '' }, start: 0, end: 0 });

/** A file whose imports are being loaded. */
interface Opened {
  readonly path: string;
  readonly file: File;
  readonly binding: Binding;
  /** Of the import that is next. */
  next: number;
}

/** The files so far. One imports the next in a chain of any length: what is open is a list here, and no calls inside each other. */
class Loading {
  readonly loaded = new Map<string, Module>();
  readonly #open = new Map<string, Opened>();
  #words = 0;

  constructor(
    readonly reader: SourceReader,
    readonly diagnostics: Diagnostics,
    readonly parse: Parse,
  ) {}

  load(path: string): Module | undefined {
    const first = this.#read(path);
    if (!first) return undefined;
    const open = [first];
    for (let top = open.at(-1); top; top = open.at(-1)) {
      const statement = top.file.imports[top.next];
      if (!statement) {
        this.loaded.set(top.path, top.binding.finish());
        this.#open.delete(top.path);
        open.pop();
      } else {
        const further = this.#import(statement, top);
        if (further) open.push(further);
        else top.next++;
      }
    }
    return this.loaded.get(path);
  }

  /** Binds the names of an import; the file, where that has to be loaded first. */
  #import(statement: Import, { path: importer, binding }: Opened): Opened | undefined {
    const { text, span } = statement.from;
    const path = this.reader.resolve(importer, text);
    if (this.#open.has(path)) {
      const files = [...this.#open.keys()];
      const circle = [...files.slice(files.indexOf(path)), path];
      this.diagnostics.report('NET0106', span, { files: circle });
      binding.take(statement, undefined);
      return undefined;
    }
    const known = this.loaded.get(path);
    if (known) {
      binding.take(statement, known);
      return undefined;
    }
    const opened = this.#read(path, span);
    if (opened) return opened;
    binding.take(statement, undefined);
    if (this.reader.refusal?.(path) || this.#words > mostWords) return undefined;
    const isShown = !this.diagnostics.isFull('error');
    const meant = isShown ? existingPath(text, importer, this.reader) : undefined;
    this.diagnostics.report('NET0104', span, { kind: 'import', path, written: text, meant });
    return undefined;
  }

  /** A file with its tree; undefined where there is none, or where it is not to be read, which is reported at `span`. */
  #read(path: string, span: Span = nowhere(path)): Opened | undefined {
    const source = this.reader.read(path);
    if (!source) {
      const refusal = this.reader.refusal?.(path);
      if (refusal) this.diagnostics.report('NET0018', span, refusal);
      return undefined;
    }
    this.#words += wordsIn(source);
    if (this.#words > mostWords) {
      this.diagnostics.report('NET0018', span, { kind: 'together', path, limit: mostWords });
      return undefined;
    }
    const file = this.parse(source, this.diagnostics);
    const opened = { path, file, binding: new Binding(path, file, this.diagnostics), next: 0 };
    this.#open.set(path, opened);
    return opened;
  }
}

/** Files cannot be listed, so the usual places are tried: with the ending, in `lib` and `models`, in the folders above. */
function existingPath(text: string, importer: string, reader: SourceReader): string | undefined {
  const file = text.endsWith('.net') ? text : `${text}.net`;
  const last = file.slice(file.lastIndexOf('/') + 1);
  const inner = file.replace(/^(\.\.?\/)+/, '');
  const near = [inner, last, `lib/${last}`, `models/${inner}`, `models/lib/${last}`];
  const tried = ['', '../', '../../'].flatMap((up) => near.map((path) => `${up}${path}`));
  return tried.find((path) => path !== text && reader.read(reader.resolve(importer, path)));
}
