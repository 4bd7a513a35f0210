import { type Compilation, type CompileOptions, compileModel } from '../compiler/compile.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Graph } from '../compiler/graph/graph.js';
import type { Application } from '../compiler/resolve/application.js';
import type { Overrides } from '../compiler/resolve/overrides.js';
import type { ChosenModel } from '../compiler/resolve/variants.js';
import type { SourceFile } from '../compiler/source/source.js';
import { DiagnosedError, InputError } from './errors.js';
import { diskReader } from './source-reader.js';

/** A model without errors. */
export interface CompiledModel {
  readonly graph: Graph;
  readonly tree: Application;
  /** The model as its file has it, before expansion. */
  readonly chosen: ChosenModel;
}

/** A model without errors, and the files it was written in. */
export interface CompiledFile extends CompiledModel {
  readonly warnings: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/**
 * Throws `InputError` where there is no file at `path`, `DiagnosedError` with the mistakes of the
 * files otherwise. `after` is called after each stage.
 */
export function compileFile(
  path: string,
  model: string | undefined,
  overrides: Overrides,
  after?: CompileOptions['after'],
): CompiledFile {
  const reader = diskReader();
  const compiled = compileModel(path, reader, { model, overrides, after });
  const { main, diagnostics } = compiled;
  if (!main) throw new InputError(`${path} is not there: name a .net file`);
  if (!isCompiled(compiled)) throw new DiagnosedError(diagnostics);
  const { graph, tree, chosen } = compiled;
  return { graph, tree, chosen, warnings: diagnostics, sources: [...reader.files.values()] };
}

export const isCompiled = (compiled: Compilation): compiled is Compilation & CompiledModel =>
  compiled.graph !== undefined && compiled.tree !== undefined && compiled.chosen !== undefined;
