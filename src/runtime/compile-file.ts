import { compileModel } from '../compiler/compile.js';
import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import type { Graph } from '../compiler/graph/graph.js';
import type { Application } from '../compiler/resolve/application.js';
import type { Overrides } from '../compiler/resolve/overrides.js';
import type { SourceFile } from '../compiler/source/source.js';
import { DiagnosedError } from './errors.js';
import { notThere } from './not-there.js';
import { diskReader, type RememberingReader } from './source-reader.js';

/** A model without errors, and the files it was written in. */
export interface CompiledFile {
  readonly graph: Graph;
  readonly tree: Application;
  readonly warnings: readonly Diagnostic[];
  readonly sources: readonly SourceFile[];
}

/**
 * Throws `InputError` where there is no file at `path`, `DiagnosedError` with the mistakes of the
 * files otherwise.
 */
export function compileFile(
  path: string,
  model: string | undefined,
  overrides: Overrides,
  reader: RememberingReader = diskReader(),
): CompiledFile {
  const { main, graph, tree, diagnostics } = compileModel(path, reader, { model, overrides });
  if (!main) throw notThere(path, 'name a .net file');
  if (!graph || !tree) throw new DiagnosedError(diagnostics);
  return { graph, tree, warnings: diagnostics, sources: [...reader.files.values()] };
}
