import { dirname, isAbsolute, join, resolve } from 'node:path';
import { stringify } from 'yaml';
import type { Diagnostics } from '../../compiler/diagnostics/diagnostic.js';
import type { SourceFile, Span } from '../../compiler/source/source.js';
import { reportSchemaErrors } from '../yaml/schema-errors.js';
import { type Path, parseYaml } from '../yaml/source.js';
import { placeBareKeys } from './bare-keys.js';
import { checkPreprocess } from './check-preprocess.js';
import { checkValidation } from './check-validation.js';
import type { Experiment } from './experiment.js';
import type { DataOptions } from './options/data.js';
import { mergedValue, type Override, spanIn } from './overrides.js';
import type { SettingFacts } from './setting-error.js';
import { validate } from './validate.js';

/** An experiment and where its settings were written, so that a later check can point at one. */
export interface LoadedExperiment {
  readonly experiment: Experiment;
  readonly diagnostics: Diagnostics;
  /** Reports that the setting at `path` does not fit what else is known; of it, its value is shown or its key. */
  readonly misfit: (path: Path, facts: SettingFacts, part?: 'key' | 'value') => void;
  /** Where the setting at `path` was written. */
  readonly spanOf: (path: Path, part: 'key' | 'value') => Span;
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
  reportSchemaErrors(validate(value), spanOf, diagnostics);
  if (diagnostics.hasErrors) return undefined;
  const misfit: LoadedExperiment['misfit'] = (path, facts, part = 'value') =>
    diagnostics.report('NET0605', spanOf(path, part), facts);
  checkLength(value as Experiment, spanOf, misfit);
  checkPreprocess((value as Experiment).preprocess, misfit);
  checkValidation(value as Experiment, misfit);
  if (diagnostics.hasErrors) return undefined;
  return {
    experiment: withPaths(value as Experiment, dirname(file.path)),
    diagnostics,
    misfit,
    spanOf,
  };
}

function checkLength(
  { steps, epochs }: Experiment,
  spanOf: LoadedExperiment['spanOf'],
  misfit: LoadedExperiment['misfit'],
): void {
  if (steps === null && epochs === null) misfit([], { kind: 'lengthMissing' }, 'key');
  if (steps === null || epochs === null) return;
  const other = spanOf(['steps'], 'key');
  misfit(['epochs'], { kind: 'lengthTwice', steps, epochs, other }, 'key');
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
