import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { buildProgram } from '../compiler/gradient/program.js';
import type { Graph, Program } from '../compiler/graph/graph.js';
import type { Overrides } from '../compiler/resolve/overrides.js';
import type { SourceFile } from '../compiler/source/source.js';
import { type CompiledFile, compileFile, type Sources } from './compile-file.js';
import type { Experiment } from './experiments/experiment.js';
import { type Geometry, geometryOf } from './geometry.js';

/** An experiment's network, compiled: its graph, its functions, and the files it was written in. */
export interface Network {
  readonly graph: Graph;
  readonly program: Program;
  readonly geometry: Geometry;
  readonly sources: readonly SourceFile[];
  readonly warnings: readonly Diagnostic[];
}

/** The input of the loss that says which pixels count. */
export const weightInput = 'weight';

/**
 * Throws `DiagnosedError` with the mistakes of the `.net` files, `InputError` where the model is no
 * segmentation of images.
 */
export function compileNetwork(experiment: Experiment, from: Sources = {}): Network {
  const { loss, optimiser } = experiment;
  const { graph, warnings, sources } = compileExperiment(experiment, from);
  const geometry = geometryOf(graph);
  const program = buildProgram(graph, { loss: { kind: loss, weight: weightInput }, optimiser });
  return { graph, program, geometry, sources, warnings };
}

/**
 * The experiment's model with its parameters. Throws `DiagnosedError` with the mistakes of the
 * `.net` files.
 */
export function compileExperiment(experiment: Experiment, sources: Sources = {}): CompiledFile {
  const { path, name } = experiment.model;
  return compileFile(path, name ?? undefined, overridesOf(experiment), sources);
}

/** The experiment's parameters as the compiler takes them. */
export const overridesOf = ({ parameters }: Experiment): Overrides =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
