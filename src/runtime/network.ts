import { compileModel } from '../compiler/compile.js';
import { buildProgram } from '../compiler/gradient/program.js';
import type { Graph, Program } from '../compiler/graph/graph.js';
import type { SourceFile } from '../compiler/source/source.js';
import { DiagnosedError } from './errors.js';
import type { Experiment } from './experiments/experiment.js';
import { type Geometry, geometryOf } from './geometry.js';
import { diskReader } from './source-reader.js';

/** An experiment's network, compiled: its graph, its functions, and the files it was written in. */
export interface Network {
  readonly graph: Graph;
  readonly program: Program;
  readonly geometry: Geometry;
  readonly sources: readonly SourceFile[];
}

/** The input of the loss that says which pixels count. */
export const weightInput = 'weight';

/** Throws `DiagnosedError` with the mistakes of the `.net` files, `InputError` where the model is no segmentation of images. */
export function compileNetwork({ model, parameters, loss, optimiser }: Experiment): Network {
  const reader = diskReader();
  const overrides = Object.fromEntries(
    Object.entries(parameters).map(([name, value]) => [name, String(value)]),
  );
  const { graph, diagnostics } = compileModel(model.path, reader, {
    model: model.name ?? undefined,
    overrides,
  });
  if (!graph) throw new DiagnosedError(diagnostics);
  const geometry = geometryOf(graph);
  const program = buildProgram(graph, { loss: { kind: loss, weight: weightInput }, optimiser });
  return { graph, program, geometry, sources: [...reader.files.values()] };
}
