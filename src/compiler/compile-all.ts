import { type Compilation, type CompileOptions, compileLoaded, loadFile } from './compile.js';
import { type Diagnostic, Diagnostics } from './diagnostics/diagnostic.js';
import { limits } from './expand/expansion.js';
import { modelNames } from './names/variants.js';
import type { SourceReader } from './source/source.js';
import type { Module } from './syntax/module.js';

export interface CompiledFile {
  /** Absent where there is no such file. */
  readonly main: Module | undefined;
  /** The file and all that it imports, itself last. */
  readonly modules: readonly Module[];
  /** One for each model, in the order of the text. */
  readonly models: readonly Compilation[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Steps that all models of a file may take together, and what one takes beside its own: a file may have thousands of them. */
const most = {
  steps: 2 * limits.steps,
  ofModel: 500,
  /** Definitions that are passed by in the time of a step. */
  passed: 8,
  ofNode: limits.steps / limits.nodes,
} as const;

/**
 * All that is wrong with a file: with the model that is named, else with each of its models; a file without models is
 * checked as a library.
 */
export function compileAll(
  path: string,
  reader: SourceReader,
  options: CompileOptions = {},
): CompiledFile {
  const loaded = loadFile(path, reader, options);
  const { main, modules = [] } = loaded;
  const names = main ? modelNames(main.file) : [];
  if (!main || options.model !== undefined || names.length === 1) {
    const only = compileLoaded(path, reader, loaded, options);
    return { main, modules, models: [only], diagnostics: only.diagnostics };
  }
  if (names.length === 0) {
    const { diagnostics } = compileLoaded(path, reader, loaded, null);
    return { main, modules, models: [], diagnostics };
  }
  const models: Compilation[] = [];
  let steps = 0;
  for (const model of names) {
    if (steps > most.steps) break;
    const made = compileLoaded(path, reader, loaded, { ...options, model });
    models.push(made);
    steps += stepsOf(made, main);
  }
  const found = new Diagnostics();
  for (const { diagnostics } of models) found.add(...diagnostics);
  reportRest(main, names, models.length, found);
  return { main, modules, models, diagnostics: found.all() };
}

/** What a model took: to be found among all, and to be expanded; one that was not expanded to its end took all that it may. */
function stepsOf({ chosen, expanded }: Compilation, { definitions }: Module): number {
  const found = most.ofModel + definitions.size / most.passed;
  if (!chosen) return found + definitions.size;
  if (!expanded) return found + limits.steps;
  return found + expanded.steps + expanded.builder.nodeCount * most.ofNode;
}

/** Reports the models behind the last one that was looked at. */
function reportRest(
  { file }: Module,
  names: readonly string[],
  looked: number,
  diagnostics: Diagnostics,
): void {
  const name = names[looked];
  const first = file.definitions.find((definition) => definition.name.text === name);
  if (name === undefined || !first) return;
  const facts = { kind: 'models', count: names.length - looked, name } as const;
  diagnostics.report('NET0308', first.name.span, facts);
}
