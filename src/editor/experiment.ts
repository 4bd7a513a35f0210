import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { positionAt, type Span } from '../compiler/source/source.js';
import { remembering } from '../runtime/files/source-reader.js';
import { experimentDiagnostics } from '../runtime/preparation/check-text.js';
import { parseYaml, spanOfValue } from '../runtime/yaml/source.js';
import type { Workspace } from './workspace.js';

/** What `netc train` would say of the experiment at `path` before it reads an image, all of it in the experiment. */
export function diagnosticsOfExperiment(workspace: Workspace, path: string): readonly Diagnostic[] {
  const file = workspace.reader.read(path);
  if (!file) return [];
  const reader = remembering(workspace.reader);
  const errors = experimentDiagnostics(file, { reader, parse: workspace.cache.parse });
  const yaml = parseYaml(file, new Diagnostics());
  const at = yaml ? spanOfValue(yaml, ['model', 'path']) : { file, start: 0, end: 0 };
  return errors.map((error) => (error.span.file === file ? error : atModelPath(error, at)));
}

/** An error in the text of the model, at the setting that names it; its own place stands beside. */
function atModelPath(error: Diagnostic, span: Span): Diagnostic {
  const { suggestion, ...rest } = error;
  const { line } = positionAt(error.span.file, error.span.start);
  return {
    ...rest,
    ...(suggestion && { suggestion: { message: suggestion.message } }),
    message: `${error.span.file.path}:${line}: ${error.message}`,
    span,
    related: [{ span: error.span, message: error.message }],
  };
}
