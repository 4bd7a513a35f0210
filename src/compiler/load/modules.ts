import { isBuiltin } from '../builtins/index.js';
import type { Diagnostics } from '../diagnostics/diagnostic.js';
import type { Taken } from '../diagnostics/messages/names.js';
import type { SourceReader } from '../source/source.js';
import type { Definition, File, Import, Name } from '../syntax/ast.js';
import { isPascal } from '../syntax/build/names.js';
import type { Found, Module } from '../syntax/module.js';
import { type Parse, parseFile } from '../syntax/parse.js';

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
    diagnostics.report('NET0104', span, { kind: 'commandLine', path });
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
  const take = (name: string, found: Found, by: Taken['by'], original = name): void => {
    const other = names.get(name);
    if (isBuiltin(name) && found.definition.kind !== 'missing') {
      diagnostics.report('NET0107', found.span, { name, by, original });
    } else if (
      other &&
      other.definition.kind !== 'missing' &&
      found.definition.kind !== 'missing'
    ) {
      diagnostics.report('NET0102', found.span, { name, by, original, other: other.span });
    } else names.set(name, found);
  };
  for (const statement of file.imports) {
    const imported = importedModule(statement, module, loading);
    if (imported) imports.push(imported);
    for (const { name, as } of statement.names) {
      const definition = imported?.definitions.get(name.text);
      const { text, span } = as ?? name;
      const found = { definition: definition ?? lost(name), module: imported ?? module, span };
      take(text, found, 'import', name.text);
      if (imported && !definition) unknown.push({ name, from: imported });
    }
  }
  for (const definition of file.definitions) {
    const { text, span } = definition.name;
    take(text, { definition, module, span }, 'definition');
    if (!definitions.has(text)) definitions.set(text, definition);
  }
  for (const { name, from } of unknown) unknownImport(name, from, module, diagnostics);
  return module;
}

/** Stands for what an import was to bring, so that its uses are not taken for errors. */
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
    loading.diagnostics.report('NET0106', span, { files: [...loading.open.slice(at), path] });
    return undefined;
  }
  const module = load(path, loading);
  if (!module) {
    const meant = existingPath(text, importer.path, loading.reader);
    loading.diagnostics.report('NET0104', span, { kind: 'import', path, written: text, meant });
  }
  return module;
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

/** Names that the other file does define are no further errors where they are used in this one. */
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
  // A name in the wrong case, or one behind an error of the other file, has its report.
  if (!isPascal(name.text) || from.definitions.has('')) return;
  diagnostics.report('NET0105', name.span, {
    name: name.text,
    path: from.path,
    elsewhere: from.names.get(name.text)?.module.path,
    defines: [...from.definitions.keys()],
  });
}
