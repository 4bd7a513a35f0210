import type { Diagnostics } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SourceReader, Span } from '../source/source.js';
import type { Definition, File, Import, Name } from '../syntax/ast.js';
import { type Parse, parseFile } from '../syntax/parse.js';
import { isBuiltin } from './builtins/index.js';

/** A definition in sight, with the file it stands in. */
export interface Found {
  readonly definition: Definition;
  readonly module: Module;
  /** Where the name came into this file: its definition or its import. */
  readonly span: Span;
  /** A second find of the name, where using it is an error (sentence 25). */
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

interface Loading {
  readonly reader: SourceReader;
  readonly parse: Parse;
  readonly diagnostics: Diagnostics;
  readonly loaded: Map<string, Module>;
  readonly open: string[];
}

/** All files that `path` needs, itself last. Undefined where there is no such file, which is reported. */
export function loadModules(
  path: string,
  reader: SourceReader,
  diagnostics: Diagnostics,
  parse: Parse = parseFile,
): { readonly main: Module; readonly all: readonly Module[] } | undefined {
  const loading: Loading = { reader, parse, diagnostics, loaded: new Map(), open: [] };
  const main = load(path, loading);
  if (!main) {
    const span = { file: { path, text: '' }, start: 0, end: 0 };
    diagnostics.report('NET0104', { message: `there is no file ${path}`, span });
  }
  return main && { main, all: [...loading.loaded.values()] };
}

function load(path: string, loading: Loading): Module | undefined {
  const known = loading.loaded.get(path);
  if (known) return known;
  const source = loading.reader.read(path);
  if (!source) return undefined;
  loading.open.push(path);
  const module = bind(path, loading, loading.parse(source, loading.diagnostics));
  loading.open.pop();
  loading.loaded.set(path, module);
  return module;
}

function bind(path: string, loading: Loading, file: File): Module {
  const { diagnostics } = loading;
  const names = new Map<string, Found>();
  const definitions = new Map<string, Definition>();
  const imports: Module[] = [];
  const module = { path, file, definitions, names, imports };
  const take = (name: string, found: Found): void => {
    const other = names.get(name);
    if (isBuiltin(name)) {
      diagnostics.report('NET0107', { message: `${name} is built in`, span: found.span });
    } else if (
      other &&
      other.definition.kind !== 'missing' &&
      found.definition.kind !== 'missing'
    ) {
      diagnostics.report('NET0102', {
        message: `${name} is defined or imported twice in this file`,
        span: found.span,
        related: [{ span: other.span, message: `the first ${name}` }],
      });
    } else names.set(name, found);
  };
  for (const statement of file.imports) {
    const imported = importedModule(statement, module, loading);
    if (imported) imports.push(imported);
    for (const { name, as } of statement.names) {
      const definition = imported?.definitions.get(name.text);
      const { text, span } = as ?? name;
      take(text, { definition: definition ?? lost(name), module: imported ?? module, span });
      if (imported && !definition) unknownImport(name, imported, diagnostics);
    }
  }
  for (const definition of file.definitions) {
    const { text, span } = definition.name;
    take(text, { definition, module, span });
    if (!definitions.has(text)) definitions.set(text, definition);
  }
  return module;
}

/** Stands for what an import was to bring, so that its uses are not taken for mistakes. */
const lost = (name: Name): Definition => ({ kind: 'missing', doc: null, name, span: name.span });

function importedModule(
  statement: Import,
  importer: { readonly path: string },
  loading: Loading,
): Module | undefined {
  const { text, span } = statement.from;
  const path = loading.reader.resolve(importer.path, text);
  const at = loading.open.indexOf(path);
  if (at >= 0) {
    const circle = [...loading.open.slice(at), path].join(' imports ');
    loading.diagnostics.report('NET0106', { message: `files import in a circle: ${circle}`, span });
    return undefined;
  }
  const module = load(path, loading);
  if (!module) {
    loading.diagnostics.report('NET0104', { message: `there is no file ${path}`, span });
  }
  return module;
}

function unknownImport(name: Name, from: Module, diagnostics: Diagnostics): void {
  const meant = didYouMean(name.text, from.definitions.keys());
  diagnostics.report('NET0105', {
    message: `${from.path} defines no ${name.text}`,
    span: name.span,
    ...(meant && {
      suggestion: {
        message: `did you mean ${meant}?`,
        edits: [{ span: name.span, text: meant }],
      },
    }),
  });
}
