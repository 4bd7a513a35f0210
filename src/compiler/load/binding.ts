import { isBuiltin } from '../builtins/index.js';
import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Taken } from '../diagnostics/messages/names.js';
import type { Definition, File, Import, Name } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Found, Module } from '../syntax/module.js';

/** The names of one file, while its imports are loaded one after the other. */
export class Binding {
  readonly #names = new Map<string, Found>();
  readonly #definitions = new Map<string, Definition>();
  readonly #imports: Module[] = [];
  readonly #unknown: { readonly name: Name; readonly from: Module }[] = [];
  readonly #module: Module;

  constructor(
    path: string,
    file: File,
    readonly diagnostics: Diagnostics,
  ) {
    const [definitions, names, imports] = [this.#definitions, this.#names, this.#imports];
    this.#module = { path, file, definitions, names, imports };
  }

  /** The names of an import; `imported` is undefined where its file could not be loaded. */
  take({ names }: Import, imported: Module | undefined): void {
    if (imported) this.#imports.push(imported);
    for (const { name, as } of names) {
      const definition = imported?.definitions.get(name.text);
      const { text, span } = as ?? name;
      const module = imported ?? this.#module;
      this.#take(text, { definition: definition ?? lost(name), module, span }, 'import', name.text);
      if (imported && !definition) this.#unknown.push({ name, from: imported });
    }
  }

  /** The file with its own definitions too. */
  finish(): Module {
    const module = this.#module;
    for (const definition of module.file.definitions) {
      const { text, span } = definition.name;
      this.#take(text, { definition, module, span }, 'definition');
      if (!this.#definitions.has(text)) this.#definitions.set(text, definition);
    }
    const told = new Map<Module, readonly string[]>();
    for (const { name, from } of this.#unknown) {
      const defines = told.get(from) ?? this.#lose(name, from);
      told.set(from, defines);
      this.#unknownImport(name, from, defines);
    }
    return module;
  }

  #take(name: string, found: Found, by: Taken['by'], original = name): void {
    const other = this.#names.get(name);
    const isMissing = found.definition.kind === 'missing';
    if (isBuiltin(name) && !isMissing) {
      this.diagnostics.report('NET0107', found.span, { name, by, original });
    } else if (other && other.definition.kind !== 'missing' && !isMissing) {
      const facts = { name, by, original, other: other.span };
      this.diagnostics.report('NET0102', found.span, facts);
    } else this.#names.set(name, found);
  }

  /** Names that the other file does define are no further errors where they are used in this one. Those names. */
  #lose({ span }: Name, from: Module): readonly string[] {
    for (const [other, definition] of from.definitions) {
      if (this.#names.has(other)) continue;
      this.#names.set(other, { definition: lost(definition.name), module: from, span });
    }
    return [...from.definitions.keys()];
  }

  #unknownImport(name: Name, from: Module, defines: readonly string[]): void {
    // A name in the wrong case, or one behind an error of the other file, has its report.
    if (!isPascal(name.text) || from.definitions.has('')) return;
    this.diagnostics.report('NET0105', name.span, {
      name: name.text,
      path: from.path,
      elsewhere: from.names.get(name.text)?.module.path,
      defines,
    });
  }
}

/** Stands for what an import was to bring, so that its uses are not taken for errors. */
const lost = (name: Name): Definition => ({ kind: 'missing', doc: null, name, span: name.span });
