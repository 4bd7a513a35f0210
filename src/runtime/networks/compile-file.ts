import { type Compilation, type CompileOptions, compileModel } from '../../compiler/compile.js';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { Application } from '../../compiler/expand/application.js';
import type { Expanded } from '../../compiler/expand/expand.js';
import type { Overrides } from '../../compiler/expand/overrides.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { ChosenModel } from '../../compiler/names/variants.js';
import type { SourceFile, Span } from '../../compiler/source/source.js';
import { DiagnosedError } from '../errors/errors.js';
import { otherKind } from '../files/kinds.js';
import { missing } from '../files/missing.js';
import { diskReader, type RememberingReader } from '../files/source-reader.js';

/** A model without errors. */
export interface CompiledModel {
  readonly graph: Graph;
  readonly tree: Application;
  /** The model as its file has it, before expansion. */
  readonly chosen: ChosenModel;
  /** As it was expanded, what no output depends on included. */
  readonly expanded: Expanded;
}

/** A model without errors, and the files it was written in. */
export interface CompiledFile extends CompiledModel {
  readonly warnings: readonly Diagnostic[];
  /** Where each input is declared, by name. */
  readonly inputSpans: ReadonlyMap<string, Span>;
  readonly sources: readonly SourceFile[];
}

/** Where texts come from: the disk, unless an editor has them. */
export interface Sources extends Pick<CompileOptions, 'after' | 'parse'> {
  readonly reader?: RememberingReader;
}

/**
 * Throws `InputError` where there is no file at `path`, `DiagnosedError` with the errors of the
 * files otherwise.
 */
export function compileFile(
  path: string,
  model: string | undefined,
  overrides: Overrides,
  { reader = diskReader(), ...options }: Sources = {},
): CompiledFile {
  const compiled = compileModel(path, reader, { model, overrides, ...options });
  const { main, diagnostics } = compiled;
  if (!main && reader.refusal?.(path)) throw new DiagnosedError(diagnostics);
  if (!main) throw missing(path, 'name a .net file', 'network');
  if (!isCompiled(compiled)) throw otherKind(path, 'network') ?? new DiagnosedError(diagnostics);
  const { graph, tree, chosen, expanded } = compiled;
  const { inputSpans } = expanded;
  const sources = [...reader.files.values()];
  return { graph, tree, chosen, expanded, inputSpans, warnings: diagnostics, sources };
}

export const isCompiled = (compiled: Compilation): compiled is Compilation & CompiledModel =>
  compiled.graph !== undefined &&
  compiled.tree !== undefined &&
  compiled.chosen !== undefined &&
  compiled.expanded !== undefined;
