import { type Compilation, type CompileOptions, checkFile, compileModel } from './compile.js';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostic.js';
import type { SourceReader } from './source/source.js';
import type { File } from './syntax/ast.js';

/** The models that a file defines, variants too. */
export const modelNames = ({ definitions }: File): readonly string[] =>
  definitions
    .filter(({ kind }) => kind === 'model' || kind === 'variant')
    .map(({ name }) => name.text);

export interface CheckedModels {
  readonly diagnostics: readonly Diagnostic[];
  /** What became of each model that was checked. */
  readonly models: readonly Compilation[];
}

/**
 * The mistakes of the model that is named, else of each model of the file; a file without models is
 * checked as a library. Undefined where there is no file at `path`.
 */
export function checkModels(
  path: string,
  reader: SourceReader,
  { model, overrides }: Pick<CompileOptions, 'model' | 'overrides'> = {},
): CheckedModels | undefined {
  const compiled = compileModel(path, reader, { model, overrides });
  if (!compiled.main) return undefined;
  const names = modelNames(compiled.main.file);
  if (model !== undefined || names.length === 1) {
    return { diagnostics: compiled.diagnostics, models: [compiled] };
  }
  const models = names.map((name) => compileModel(path, reader, { model: name, overrides }));
  const found = new Diagnostics();
  for (const { diagnostics } of models.length > 0 ? models : [checkFile(path, reader)]) {
    for (const mistake of diagnostics) found.report(mistake.code, mistake);
  }
  return { diagnostics: found.all(), models };
}
