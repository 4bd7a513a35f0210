import { type CompileOptions, compileModel } from '../compiler/compile.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Graph } from '../compiler/graph/graph.js';
import type { Application } from '../compiler/resolve/application.js';
import type { Overrides } from '../compiler/resolve/overrides.js';
import type { SourceFile } from '../compiler/source/source.js';
import { DiagnosedError, InputError } from './errors.js';
import { diskReader } from './source-reader.js';

/** A model without errors, and the files it was written in. */
export interface CompiledFile {
  readonly graph: Graph;
  readonly tree: Application;
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
  const compilation = compileModel(path, reader, { model, overrides, after });
  const { main, graph, tree, diagnostics } = compilation;
  if (!main) throw new InputError(`${path} is not there: name a .net file`);
  if (!graph || !tree) throw new DiagnosedError(diagnostics);
  return { graph, tree, warnings: diagnostics, sources: [...reader.files.values()] };
}
