import type { Diagnostic } from '../compiler/diagnostics/diagnostic.js';
import { buildProgram } from '../compiler/gradient/program.js';
import type { Graph, Program } from '../compiler/graph/graph.js';
import type { SourceFile } from '../compiler/source/source.js';
import { type CompiledFile, compileFile } from './compile-file.js';
import type { Experiment } from './experiments/experiment.js';
import { type Geometry, geometryOf } from './geometry.js';
import { diskReader } from './source-reader.js';

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
export function compileNetwork(experiment: Experiment, reader = diskReader()): Network {
  const { loss, optimiser } = experiment;
  const { graph, warnings, sources } = compileExperiment(experiment, reader);
  const geometry = geometryOf(graph);
  const program = buildProgram(graph, { loss: { kind: loss, weight: weightInput }, optimiser });
  return { graph, program, geometry, sources, warnings };
}

/**
 * The experiment's model with its parameters. Throws `DiagnosedError` with the mistakes of the
 * `.net` files.
 */
export function compileExperiment(
  { model, parameters }: Experiment,
  reader = diskReader(),
): CompiledFile {
  const overrides = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
  return compileFile(model.path, model.name ?? undefined, overrides, undefined, reader);
}
