import { type Compilation, compileModel } from '../compiler/compile.js';
import type { Code } from '../compiler/diagnostics/codes.js';
import { type Diagnostic, Diagnostics } from '../compiler/diagnostics/diagnostic.js';
import { LossError } from '../compiler/gradient/loss.js';
import { buildProgram } from '../compiler/gradient/program.js';
import type { Graph } from '../compiler/graph/graph.js';
import { positionAt, type SourceFile, type Span } from '../compiler/source/source.js';

import { InputError } from '../runtime/errors.js';
import { checkSizes } from '../runtime/experiments/check-sizes.js';
import type { Experiment } from '../runtime/experiments/experiment.js';
import { type LoadedExperiment, loadExperiment } from '../runtime/experiments/load-experiment.js';
import { geometryOf } from '../runtime/geometry.js';
import { overridesOf, weightInput } from '../runtime/network.js';
import { type Path, parseYaml, spanOfKey, spanOfValue } from '../runtime/yaml/source.js';
import type { Workspace } from './workspace.js';

/** Whether a YAML text is an experiment: its root has a key `model`. */
export const isExperiment = (text: string): boolean => /^model[ \t]*:/m.test(text);

/** What `netc train` would say of the experiment at `path` before it reads an image. */
export function mistakesOfExperiment(workspace: Workspace, path: string): readonly Diagnostic[] {
  const file = workspace.reader.read(path);
  const diagnostics = new Diagnostics();
  const loaded = file && loadExperiment(file, [], diagnostics);
  if (!loaded) return diagnostics.all();
  const { experiment, object } = loaded;
  const { model } = experiment;
  const compiled = compileModel(model.path, workspace.reader, {
    model: model.name ?? undefined,
    overrides: overridesOf(experiment),
    parse: workspace.cache.parse,
  });
  if (!compiled.main) {
    object(['model', 'path'], `${model.path} is not there: name a .net file`, 'NET0104');
  } else if (compiled.graph) checkNetwork(experiment, compiled.graph, object);
  else for (const mistake of errorsOf(compiled)) reportAtSetting(file, loaded, mistake);
  return diagnostics.all();
}

/** Reports a mistake of the model at the setting that chose what is wrong. */
function reportAtSetting(
  file: SourceFile,
  { experiment, diagnostics }: LoadedExperiment,
  { code, message, span, suggestion }: Diagnostic,
): void {
  const at = settingOf(code, span, experiment);
  // What an experiment's own words say is told as it is; a mistake in the model's text has its place.
  const own = at[0] === 'parameters' || at[1] === 'name';
  const place = `${span.file.path}:${positionAt(span.file, span.start).line}: `;
  const source = parseYaml(file, new Diagnostics());
  // A parameter that the model has not is wrong by its name.
  const spanOf = code === 'NET0504' ? spanOfKey : spanOfValue;
  diagnostics.report(code, {
    message: own ? message : `${place}${message}`,
    span: source ? spanOf(source, at) : { file, start: 0, end: 0 },
    related: own ? [] : [{ span, message }],
    ...(suggestion && own && { suggestion: { message: suggestion.message } }),
  });
}

const errorsOf = ({ diagnostics }: Compilation): readonly Diagnostic[] =>
  diagnostics.filter(({ severity }) => severity === 'error');

/** The setting that a mistake of the model comes from. */
function settingOf(code: Code, span: Span, { model }: Experiment): Path {
  const parameter = /^--set (\w+)$/.exec(span.file.path)?.[1];
  if (parameter !== undefined) return ['parameters', parameter];
  const chosen = (code === 'NET0502' || code === 'NET0501') && model.name !== null;
  return ['model', chosen ? 'name' : 'path'];
}

/** Whether the model is one that can be trained, with patches and images of these sizes. */
function checkNetwork(
  experiment: Experiment,
  graph: Graph,
  object: LoadedExperiment['object'],
): void {
  const { loss, optimiser } = experiment;
  try {
    const geometry = geometryOf(graph);
    buildProgram(graph, { loss: { kind: loss, weight: weightInput }, optimiser });
    checkSizes(experiment, { graph, geometry }, object);
  } catch (error) {
    if (!(error instanceof InputError || error instanceof LossError)) throw error;
    object(['model', 'path'], error.message);
  }
}
