import { compileAll } from '../../compiler/compile-all.js';
import { type Diagnostic, Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { Explanation } from '../../compiler/diagnostics/explain/explanation.js';
import { fitImages } from '../../compiler/solve/fit.js';
import type { SourceFile } from '../../compiler/source/source.js';
import { DiagnosedError } from '../errors/errors.js';
import { loadExperiment } from '../experiments/load-experiment.js';
import { isExperiment } from '../files/kinds.js';
import { textReader } from '../files/source-reader.js';
import type { Sources } from '../networks/compile-file.js';
import { checkExperiment } from './check-experiment.js';

/** What is wrong with an experiment and its network, images aside. */
export function experimentDiagnostics(file: SourceFile, sources: Sources): readonly Diagnostic[] {
  const diagnostics = new Diagnostics();
  const loaded = loadExperiment(file, [], diagnostics);
  if (!loaded) return diagnostics.all();
  try {
    return checkExperiment(loaded, sources).warnings;
  } catch (error) {
    if (error instanceof DiagnosedError) return error.diagnostics;
    throw error;
  }
}

/** What an example of an explanation is called. */
export const exampleName = (text: string): string =>
  isExperiment(text) ? 'experiment.yaml' : 'my.net';

/**
 * What netc says of one of the two texts of an explanation. Its first line may ask about a size too,
 * `// netc check --size 584x565`.
 */
export function exampleDiagnostics(
  text: string,
  { files = {} }: Explanation,
): readonly Diagnostic[] {
  const path = exampleName(text);
  const reader = textReader({ ...files, [path]: text });
  if (isExperiment(text)) return experimentDiagnostics({ path, text }, { reader });
  const checked = compileAll(path, reader);
  const found = new Diagnostics();
  found.add(...checked.diagnostics);
  const [height, width] =
    /^\/\/ netc check (?:\S+ )?--size (\d+)x(\d+)\n/.exec(text)?.slice(1).map(Number) ?? [];
  if (height === undefined || width === undefined) return found.all();
  for (const { graph, expanded } of checked.models) {
    if (graph && expanded) fitImages(graph, { height, width }, expanded.inputSpans, found);
  }
  return found.all();
}
