import { type Compilation, type CompileOptions, checkFile, compileModel } from './compile.js';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostic.js';
import { modelNames } from './names/variants.js';
import type { SourceReader } from './source/source.js';
import type { Module } from './syntax/module.js';

export interface CompiledFile {
  /** Absent where there is no such file. */
  readonly main: Module | undefined;
  /** The file and all that it imports, itself last. */
  readonly modules: readonly Module[];
  /** One for each model, in the order of the text. */
  readonly models: readonly Compilation[];
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * All that is wrong with a file: with the model that is named, else with each of its models; a file without models is
 * checked as a library.
 */
export function compileAll(
  path: string,
  reader: SourceReader,
  options: CompileOptions = {},
): CompiledFile {
  const first = compileModel(path, reader, options);
  const { main, modules = [], diagnostics } = first;
  const names = main ? modelNames(main.file) : [];
  if (!main || options.model !== undefined || names.length === 1) {
    return { main, modules, models: [first], diagnostics };
  }
  const models = names.map((model) => compileModel(path, reader, { ...options, model }));
  const found = new Diagnostics();
  for (const { diagnostics } of models.length > 0 ? models : [checkFile(path, reader, options)]) {
    found.add(...diagnostics);
  }
  return { main, modules, models, diagnostics: found.all() };
}
