import { type Diagnostic, Diagnostics } from './diagnostics/diagnostic.js';
import type { Application } from './expand/application.js';
import { type Expanded, expandModel } from './expand/expand.js';
import type { Observe } from './expand/expansion.js';
import { type Draft, graphSoFar, newDraft, programFunctions } from './gradient/functions.js';
import type { TrainingOptions } from './gradient/training-step.js';
import type { Graph, Program, Variable } from './ir/graph.js';
import { loadModules } from './load/modules.js';
import { checkModules } from './names/bind.js';
import { type ChosenModel, chooseModel } from './names/variants.js';
import { solveSizes } from './solve/solve.js';
import type { SourceReader } from './source/source.js';
import type { Module } from './syntax/module.js';
import type { Parse } from './syntax/parse.js';
import { warn as warnOf } from './warn/warn.js';

export interface CompileOptions {
  /** The model to compile, where the file defines several. */
  readonly model?: string | undefined;
  /** `--set parameter=expression`, by parameter: one more variant on top (variants-3). */
  readonly overrides?: Readonly<Record<string, string>>;
  /** In place of `parseFile`, such as one that remembers what it parsed. */
  readonly parse?: Parse;
  /** Told of every value of the expansion. */
  readonly observe?: Observe;
  readonly after?: After | undefined;
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
  /** The functions of the program by name, in order. */
  readonly drafts?: Map<string, Draft>;
}

export interface Compilation extends Readonly<Made> {
  readonly diagnostics: readonly Diagnostic[];
}

interface TextRequest extends CompileOptions {
  readonly path: string;
  readonly reader: SourceReader;
  readonly diagnostics: Diagnostics;
}

interface ProgramRequest {
  /** Absent where the program only predicts. */
  readonly training: TrainingOptions | undefined;
  readonly after?: After | undefined;
}

export interface Stage<Request = TextRequest & ProgramRequest> {
  /** Those of a function of the program begin with its name: `train/loss`. */
  readonly name: string;
  /** That function; null before there is one. */
  readonly fn: string | null;
  readonly summary: string;
  run(made: Made, request: Request): void;
  /** What there is after it, to look at; undefined where an error, or a program without the function, left nothing. */
  look(made: Made): Look;
}

export type Look = readonly Module[] | Graph | undefined;

/** Called after each stage, for those who look at what is between. */
export type After = (stage: Pick<Stage, 'name' | 'look'>, made: Made) => void;

const load: Stage<TextRequest> = {
  name: 'load',
  fn: null,
  summary: 'Reads the file and all that it imports into syntax trees.',
  run(made, { path, reader, diagnostics, parse }) {
    const loaded = loadModules(path, reader, diagnostics, parse);
    made.main = loaded?.main;
    made.modules = loaded?.all;
  },
  look: ({ modules }) => modules,
};

const check: Stage<TextRequest> = {
  name: 'check',
  fn: null,
  summary: 'Names and kinds of every definition, reached or not.',
  run: ({ modules }, { diagnostics }) => checkModules(modules ?? [], diagnostics),
  look: ({ modules }) => modules,
};

const expand: Stage<TextRequest> = {
  name: 'expand',
  fn: null,
  summary: 'Expands the model to nodes, one instance an application.',
  run(made, { model, overrides = {}, diagnostics, observe }) {
    made.chosen = made.main && chooseModel(made.main, model, diagnostics);
    if (made.chosen) made.expanded = expandModel(made.chosen, overrides, diagnostics, observe);
  },
  look: ({ expanded }) => expanded?.builder.finish([]),
};

const size: Stage<TextRequest> = {
  name: 'size',
  fn: null,
  summary: 'Drops what no output reaches, and solves what the rest demands of the sizes.',
  run(made, { diagnostics }) {
    if (!made.expanded) return;
    const { builder, symbols, tree } = made.expanded;
    const graph = builder.finish([]);
    const residues = solveSizes(graph, symbols, diagnostics);
    // After an error other parts seem unused, since what depends on the error is not built.
    if (diagnostics.hasErrors) return;
    made.graph = { ...graph, symbols: residues };
    made.tree = tree;
  },
  look: ({ graph }) => graph,
};

const warn: Stage<TextRequest> = {
  name: 'warn',
  fn: null,
  summary: 'Warns of what is written and does nothing, where nothing is wrong.',
  run({ main, chosen, expanded, graph }, { overrides = {}, diagnostics }) {
    if (!main || diagnostics.hasErrors) return;
    const network = chosen && expanded && graph ? { chosen, expanded, graph } : null;
    warnOf(main, network, overrides, diagnostics);
  },
  look: ({ graph }) => graph,
};

/** From text to the graph as written. */
const textStages = [load, check, expand, size, warn];

/** From there to the functions of the program: those of each, then the passes over it. */
const programStages = programFunctions.flatMap(({ name: fn, isWanted, stages }) =>
  stages.map(
    ({ name, summary, run }, i): Stage<ProgramRequest> => ({
      name: `${fn}/${name}`,
      fn,
      summary,
      run({ graph, drafts }, { training }) {
        if (!graph || !drafts) return;
        if (i === 0 && isWanted(graph, training)) drafts.set(fn, newDraft(fn, graph, training));
        const draft = drafts.get(fn);
        if (draft) run(draft);
      },
      look({ drafts }) {
        const draft = drafts?.get(fn);
        return draft && graphSoFar(draft);
      },
    }),
  ),
);

/** All stages in order, from a text to what an emitter is given. */
export const stages: readonly Stage[] = [...textStages, ...programStages];

/** The graph of a model, or what is wrong with it. `path` is the reader's. */
export const compileModel = (
  path: string,
  reader: SourceReader,
  options: CompileOptions = {},
): Compilation => compiled(textStages, {}, { path, reader, ...options });

/** As `compileModel`, for a file that need not define a model, such as a library. */
export const checkFile = (
  path: string,
  reader: SourceReader,
  options: Pick<CompileOptions, 'parse'> = {},
): Compilation => compiled([load, check, warn], {}, { path, reader, ...options });

/** What is the same for all models of a file: itself and its imports as trees, names checked. */
export const loadFile = (
  path: string,
  reader: SourceReader,
  options: CompileOptions,
): Compilation => compiled([load, check], {}, { path, reader, ...options });

/** As `compileModel` from a file that is loaded; without a `model`, as `checkFile`. */
export function compileLoaded(
  path: string,
  reader: SourceReader,
  { diagnostics, ...loaded }: Compilation,
  options: CompileOptions | null,
): Compilation {
  const request = { path, reader, earlier: diagnostics, ...options };
  return compiled(options ? [expand, size, warn] : [warn], loaded, request);
}

function compiled(
  stages: readonly Stage<TextRequest>[],
  loaded: Made,
  { earlier = [], ...request }: Omit<TextRequest, 'diagnostics'> & { earlier?: Found },
): Compilation {
  const diagnostics = new Diagnostics();
  diagnostics.add(...earlier);
  const made = run(stages, { ...loaded }, { ...request, diagnostics });
  return { ...made, diagnostics: diagnostics.all() };
}

type Found = readonly Diagnostic[];

/**
 * All functions of a model over one list of variables: `predict` and, where it is to be trained, those of `programFunctions` that
 * are wanted. Throws `LossError` and `DifferentiationError`.
 */
export function buildProgram(model: Graph, training?: TrainingOptions, after?: After): Program {
  const drafts = new Map<string, Draft>();
  run(programStages, { graph: model, drafts }, { training, after });
  const functions = Object.fromEntries(
    [...drafts].map(([name, draft]) => [name, graphSoFar(draft)]),
  );
  const variables = new Map<string, Variable>();
  for (const graph of [model, ...Object.values(functions)]) {
    for (const variable of graph.variables) {
      if (!variables.has(variable.path)) variables.set(variable.path, variable);
    }
  }
  const half = training?.mixed ? ['train', 'accumulate'].filter((fn) => fn in functions) : [];
  return { name: model.name, variables: [...variables.values()], functions, half };
}

function run<Request extends { readonly after?: After | undefined }>(
  stages: readonly Stage<Request>[],
  made: Made,
  request: Request,
): Made {
  for (const stage of stages) {
    stage.run(made, request);
    request.after?.(stage, made);
  }
  return made;
}
