import { isBuiltin } from '../builtins/index.js';
import type { Diagnostics, Suggestion } from '../diagnostics/diagnostic.js';
import { didYouMean } from '../diagnostics/suggest.js';
import type { SourceReader, Span } from '../source/source.js';
import type { Definition, File, Import, Name } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import { type Parse, parseFile } from '../syntax/parse.js';

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

interface Loading {
  readonly reader: SourceReader;
  readonly parse: Parse;
  readonly diagnostics: Diagnostics;
  readonly loaded: Map<string, Module>;
  readonly open: string[];
}

/** All files that `path` needs, itself last (files-1). Undefined where there is no such file, which is reported. */
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
    const suggestion = { message: 'name a `.net` file by its path from this folder' };
    diagnostics.report('NET0104', { message: `there is no file ${path}`, span, suggestion });
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
  const unknown: { readonly name: Name; readonly from: Module }[] = [];
  const module = { path, file, definitions, names, imports };
  const take = (name: string, found: Found, otherwise: string): void => {
    const other = names.get(name);
    if (isBuiltin(name) && found.definition.kind !== 'missing') {
      const suggestion = { message: otherwise };
      diagnostics.report('NET0107', {
        message: `${name} is built in`,
        span: found.span,
        suggestion,
      });
    } else if (
      other &&
      other.definition.kind !== 'missing' &&
      found.definition.kind !== 'missing'
    ) {
      diagnostics.report('NET0102', {
        message: `${name} is defined or imported twice in this file`,
        span: found.span,
        related: [{ span: other.span, message: `the first ${name}` }],
        suggestion: { message: otherwise },
      });
    } else names.set(name, found);
  };
  for (const statement of file.imports) {
    const imported = importedModule(statement, module, loading);
    if (imported) imports.push(imported);
    for (const { name, as } of statement.names) {
      const definition = imported?.definitions.get(name.text);
      const { text, span } = as ?? name;
      const found = { definition: definition ?? lost(name), module: imported ?? module, span };
      take(text, found, `import it by another name: \`${name.text} as ${name.text}2\``);
      if (imported && !definition) unknown.push({ name, from: imported });
    }
  }
  for (const definition of file.definitions) {
    const { text, span } = definition.name;
    take(text, { definition, module, span }, `give it another name, such as \`${text}2\``);
    if (!definitions.has(text)) definitions.set(text, definition);
  }
  for (const { name, from } of unknown) unknownImport(name, from, module, diagnostics);
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
    const suggestion = {
      message: 'put what they need of each other into a file of its own that imports neither',
    };
    const message = `files import in a circle: ${circle}`;
    loading.diagnostics.report('NET0106', { message, span, suggestion });
    return undefined;
  }
  const module = load(path, loading);
  if (!module) {
    const suggestion = existingPath(statement, importer.path, loading.reader);
    loading.diagnostics.report('NET0104', {
      message: `there is no file ${path}`,
      span,
      suggestion,
    });
  }
  return module;
}

/** Files cannot be listed, so the usual places are tried: with the ending, in `lib` and `models`, in the folders above. */
function existingPath({ from }: Import, importer: string, reader: SourceReader): Suggestion {
  const { text, span } = from;
  const file = text.endsWith('.net') ? text : `${text}.net`;
  const last = file.slice(file.lastIndexOf('/') + 1);
  const inner = file.replace(/^(\.\.?\/)+/, '');
  const near = [inner, last, `lib/${last}`, `models/${inner}`, `models/lib/${last}`];
  const tried = ['', '../', '../../'].flatMap((up) => near.map((path) => `${up}${path}`));
  const meant = tried.find((path) => path !== text && reader.read(reader.resolve(importer, path)));
  const example = ['lib/units.net', '../models/lib/units.net'].find((path) => path !== text)!;
  return meant
    ? { message: `did you mean "${meant}"?`, edits: [{ span, text: `"${meant}"` }] }
    : { message: `write its path from the folder of this file, such as "${example}"` };
}

/** Names that the other file does define are no further mistakes where they are used in this one. */
function unknownImport(
  name: Name,
  from: Module,
  module: { readonly names: Map<string, Found> },
  diagnostics: Diagnostics,
): void {
  for (const [other, definition] of from.definitions) {
    if (module.names.has(other)) continue;
    module.names.set(other, { definition: lost(definition.name), module: from, span: name.span });
  }
  // A name in the wrong case, or one behind a mistake of the other file, has its report.
  if (!isPascal(name.text) || from.definitions.has('')) return;
  diagnostics.report('NET0105', {
    message: `${from.path} defines no ${name.text}`,
    span: name.span,
    suggestion: elsewhere(name, from),
  });
}

function elsewhere({ text, span }: Name, from: Module): Suggestion {
  const found = from.names.get(text);
  if (found) return { message: `${found.module.path} defines it: import it from there` };
  const names = [...from.definitions.keys()];
  const meant = didYouMean(text, names);
  if (meant) return { message: `did you mean ${meant}?`, edits: [{ span, text: meant }] };
  if (names.length === 0) return { message: 'that file defines nothing; import it from another' };
  return { message: `import what that file does define: ${names.join(', ')}` };
}
