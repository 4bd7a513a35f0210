import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { positionAt, type Span } from '../compiler/source/source.js';
import { remembering } from '../runtime/files/source-reader.js';
import { experimentMistakes } from '../runtime/preparation/check-text.js';
import { parseYaml, spanOfValue } from '../runtime/yaml/source.js';
import type { Workspace } from './workspace.js';

/** What `netc train` would say of the experiment at `path` before it reads an image, all of it in the experiment. */
export function mistakesOfExperiment(workspace: Workspace, path: string): readonly Diagnostic[] {
  const file = workspace.reader.read(path);
  if (!file) return [];
  const reader = remembering(workspace.reader);
  const mistakes = experimentMistakes(file, { reader, parse: workspace.cache.parse });
  const yaml = parseYaml(file, new Diagnostics());
  const at = yaml ? spanOfValue(yaml, ['model', 'path']) : { file, start: 0, end: 0 };
  return mistakes.map((mistake) =>
    mistake.span.file === file ? mistake : atModelPath(mistake, at),
  );
}

/** A mistake in the text of the model, at the setting that names it; its own place stands beside. */
function atModelPath(mistake: Diagnostic, span: Span): Diagnostic {
  const { suggestion: way, ...rest } = mistake;
  const { line } = positionAt(mistake.span.file, mistake.span.start);
  return {
    ...rest,
    ...(way && { suggestion: { message: way.message } }),
    message: `${mistake.span.file.path}:${line}: ${mistake.message}`,
    span,
    related: [{ span: mistake.span, message: mistake.message }],
  };
}
