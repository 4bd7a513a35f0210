import { type Diagnostic, Diagnostics } from './diagnostics/diagnostic.js';
import type { Application } from './expand/application.js';
import { type Expanded, expandModel } from './expand/expand.js';
import type { Observe } from './expand/expansion.js';
import { type ChosenModel, chooseModel } from './expand/variants.js';
import type { Graph } from './ir/graph.js';
import { loadModules, type Module } from './load/modules.js';
import { checkModules } from './names/bind.js';
import { solveSizes } from './solve/solve.js';
import type { SourceReader } from './source/source.js';
import type { Parse } from './syntax/parse.js';
import { warn as warnOf } from './warn/warn.js';

export interface CompileOptions {
  /** The model to compile, where the file defines several. */
  readonly model?: string | undefined;
  /** `--set parameter=expression`, by parameter: one more variant on top (language, sentence 25). */
  readonly overrides?: Readonly<Record<string, string>>;
  /** In place of `parseFile`, such as one that remembers what it parsed. */
  readonly parse?: Parse;
  /** Told of every value of the expansion. */
  readonly observe?: Observe;
  /** Called after each stage, for those who look at what is between. */
  readonly after?: ((stage: CompileStage, made: Made) => void) | undefined;
}

/** What the stages have made so far; a stage that cannot go on leaves its part out. */
export interface Made {
  main?: Module;
  /** The file and all that it imports, itself last. */
  modules?: readonly Module[];
  /** The model that is compiled, and what its variants say of it. */
  chosen?: ChosenModel;
  expanded?: Expanded;
  /** Absent where there is an error. */
  graph?: Graph;
  /** The applications of the model as a tree, for counts and goldens. */
  tree?: Application;
}

export interface Compilation extends Readonly<Made> {
  readonly diagnostics: readonly Diagnostic[];
}

interface Request extends CompileOptions {
  readonly path: string;
  readonly reader: SourceReader;
  readonly diagnostics: Diagnostics;
}

export interface CompileStage {
  readonly name: string;
  readonly summary: string;
  run(made: Made, request: Request): void;
}

const load: CompileStage = {
  name: 'load',
  summary: 'Reads the file and all that it imports into syntax trees.',
  run(made, { path, reader, diagnostics, parse }) {
    const loaded = loadModules(path, reader, diagnostics, parse);
    made.main = loaded?.main;
    made.modules = loaded?.all;
  },
};

const check: CompileStage = {
  name: 'check',
  summary: 'Names and kinds of every definition, reached or not.',
  run: ({ modules }, { diagnostics }) => checkModules(modules ?? [], diagnostics),
};

const expand: CompileStage = {
  name: 'expand',
  summary: 'Expands the model to nodes, one instance an application.',
  run(made, { model, overrides = {}, diagnostics, observe }) {
    made.chosen = made.main && chooseModel(made.main, model, diagnostics);
    if (made.chosen) made.expanded = expandModel(made.chosen, overrides, diagnostics, observe);
  },
};

const size: CompileStage = {
  name: 'size',
  summary: 'Drops what no output reaches, and solves what the rest demands of the sizes.',
  run(made, { diagnostics }) {
    if (!made.expanded) return;
    const { builder, symbols, tree } = made.expanded;
    const graph = builder.finish([]);
    const residues = solveSizes(graph, symbols, diagnostics);
    // Beside an error other parts seem unused, since what depends on a mistake is not built.
    if (diagnostics.hasErrors) return;
    made.graph = { ...graph, symbols: residues };
    made.tree = tree;
  },
};

const warn: CompileStage = {
  name: 'warn',
  summary: 'Warns of what is written and does nothing, where nothing is wrong.',
  run({ main, chosen, expanded, graph }, { overrides = {}, diagnostics }) {
    if (!main || diagnostics.hasErrors) return;
    const network = chosen && expanded && graph ? { chosen, expanded, graph } : null;
    warnOf(main, network, overrides, diagnostics);
  },
};

/** The stages from text to the graph as written, in order. */
export const stages: readonly CompileStage[] = [load, check, expand, size, warn];

/** The graph of a model, or what is wrong with it. `path` is the reader's. */
export function compileModel(
  path: string,
  reader: SourceReader,
  options: CompileOptions = {},
): Compilation {
  return run(stages, path, reader, options);
}

/** As `compileModel`, for a file that need not define a model, such as a library. */
export function checkFile(
  path: string,
  reader: SourceReader,
  options: Pick<CompileOptions, 'parse'> = {},
): Compilation {
  return run([load, check, warn], path, reader, options);
}

function run(
  stages: readonly CompileStage[],
  path: string,
  reader: SourceReader,
  options: CompileOptions,
): Compilation {
  const diagnostics = new Diagnostics();
  const made: Made = {};
  for (const stage of stages) {
    stage.run(made, { path, reader, diagnostics, ...options });
    options.after?.(stage, made);
  }
  return { ...made, diagnostics: diagnostics.all() };
}
