import { dirname, isAbsolute, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Code } from '../../compiler/diagnostics/codes.js';
import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../compiler/source/source.js';
import { reportObjections } from '../yaml/objections.js';
import { type Path, parseYaml, type YamlSource } from '../yaml/source.js';
import { placeBareKeys } from './bare-keys.js';
import { checkPreprocess } from './check-preprocess.js';
import { checkValidation } from './check-validation.js';
import type { Experiment } from './experiment.js';
import type { DataOptions } from './options/data.js';
import { mergedValue, type Override, spanIn } from './overrides.js';
import { validate } from './validate.js';

/** An experiment and where its settings were written, so that a later check can point at one. */
export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly diagnostics: Diagnostics;
  /** Reports that the setting at `path` does not fit what else is known. */
  readonly object: (path: Path, misfit: Misfit) => void;
  /** Where the setting at `path` was written. */
  readonly spanOf: (path: Path, part: 'key' | 'value') => Span;
}

/** What does not fit, and a way out: in words, and as a text in place of the value. */
export interface Misfit {
  readonly message: string;
  readonly way: string;
  readonly text?: string;
  /** What of the setting is shown; its value where this is left out. */
  readonly part?: 'key' | 'value';
  readonly code?: Code;
}

/**
 * The experiment in `file` with what is `given` in place, checked, every default filled in. What is
 * wrong is reported, all of it; then the result is undefined.
 */
export function loadExperiment(
  file: SourceFile,
  given: readonly Override[],
  diagnostics: Diagnostics,
): LoadedExperiment | undefined {
  const source = parseYaml(file, diagnostics);
  if (!source || diagnostics.hasErrors) return undefined;
  const overrides = placeBareKeys(given, source, diagnostics);
  const value = mergedValue(source, overrides);
  const spanOf = (path: Path, part: 'key' | 'value') => spanIn(source, overrides, path, part);
  reportObjections(validate(value), spanOf, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const object = (
    path: Path,
    { message, way, text, part = 'value', code = 'NET0605' }: Misfit,
  ): void => {
    const span = spanOf(path, part);
    const isWritten = text !== undefined && span.end > span.start;
    const edits = isWritten ? { edits: [{ span, text }] } : {};
    diagnostics.report(code, { message, span, suggestion: { message: way, ...edits } });
  };
  checkLength(value as Experiment, source, overrides, diagnostics);
  checkPreprocess((value as Experiment).preprocess, object);
  checkValidation(value as Experiment, spanOf, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  return {
    experiment: withPaths(value as Experiment, dirname(file.path)),
    diagnostics,
    object,
    spanOf,
  };
}

function checkLength(
  { steps, epochs }: Experiment,
  source: YamlSource,
  overrides: readonly Override[],
  diagnostics: Diagnostics,
): void {
  if ((steps === null) !== (epochs === null)) return;
  const placeOf = (path: Path) => spanIn(source, overrides, path, 'key');
  if (steps === null) {
    const message = 'the experiment does not say how long: give steps or epochs';
    const way = 'add a line such as `steps: 2000`, the training steps';
    diagnostics.report('NET0605', { message, span: placeOf([]), suggestion: { message: way } });
    return;
  }
  diagnostics.report('NET0605', {
    message: 'steps and epochs are both given: keep one',
    span: placeOf(['epochs']),
    related: [{ span: placeOf(['steps']), message: 'the other length' }],
    suggestion: {
      message: `leave epochs out to train ${steps} steps, or steps to train ${epochs} epochs`,
    },
  });
}

/** The model is sought from the experiment's folder, images and weights from the working directory. */
function withPaths(experiment: Experiment, folder: string): Experiment {
  const { model, data, weights } = experiment;
  const path = isAbsolute(model.path) ? model.path : join(folder, model.path);
  return {
    ...experiment,
    model: { ...model, path },
    weights: weights && {
      ...weights,
      from: resolve(weights.from),
      map: weights.map && resolve(weights.map),
    },
    data: 'root' in data ? filesFrom(data) : data,
  };
}

/** The dataset and the lists of its split, named from the root of the file system. */
function filesFrom<T extends Extract<DataOptions, { root: string }>>(data: T): T {
  const { root, split } = data;
  const at = (path: string | null) => (path === null ? null : resolve(path));
  if (split?.kind !== 'list') return { ...data, root: resolve(root) };
  const { train, validation, test } = split;
  const lists = { train: at(train), validation: at(validation), test: resolve(test) };
  return { ...data, root: resolve(root), split: { ...split, ...lists } };
}

/**
 * The text of a resolved experiment, as a run's folder keeps it; it loads again from that folder.
 */
export const printExperiment = (experiment: Experiment): string =>
  `# Resolved: every default filled in.\n${stringify(experiment)}`;
