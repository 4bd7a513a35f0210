import { join } from 'node:path';
import { ExportError } from '../compiler/emit/export-error.js';
import { emitOnnx } from '../compiler/emit/onnx/model.js';
import { emitPyTorch } from '../compiler/emit/pytorch/module.js';
import { emitFrozenModel } from '../compiler/emit/tensorflow/frozen.js';
import { emitTfjsModel } from '../compiler/emit/tfjs/model.js';
import { buildProgram } from '../compiler/gradient/program.js';
import type { CompiledFile } from './compile-file.js';
import type { Tensors } from './engines/engine.js';
import { InputError } from './errors.js';
import { writeAtomically } from './files.js';
import { readCheckpoint } from './training/checkpoint.js';
import { initialState } from './training/initial-state.js';
import { encodeSafetensors } from './weights/safetensors.js';

export const exportTargets = ['onnx', 'savedmodel', 'tfjs', 'pytorch'] as const;
export type ExportTarget = (typeof exportTargets)[number];

export interface ExportRequest {
  readonly network: Pick<CompiledFile, 'graph' | 'tree'>;
  /** A checkpoint, or the seed of initial weights. */
  readonly weights: { readonly file: string } | { readonly seed: number };
  readonly target: ExportTarget;
  readonly folder: string;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/**
 * Writes a network with its weights in a form that others run, and answers with the paths of the files. Throws
 * `InputError` where the weights are another network's, or the form has no way to say an operation.
 */
export async function exportNetwork(request: ExportRequest): Promise<readonly string[]> {
  const { network, weights, target, folder } = request;
  const program = buildProgram(network.graph);
  const state =
    'file' in weights
      ? await readCheckpoint(weights.file, program)
      : initialState(program, weights.seed);
  const files = refusalsAsInput(target, () => emit[target](network, state));
  for (const [name, data] of Object.entries(files)) await writeAtomically(join(folder, name), data);
  return Object.keys(files).map((name) => join(folder, name));
}

type Emit = (network: ExportRequest['network'], state: Tensors) => Files;

const predictionOf = ({ graph }: ExportRequest['network']) => buildProgram(graph).functions.predict;

const emit: Readonly<Record<ExportTarget, Emit>> = {
  onnx: (network, state) => ({
    [`${network.graph.name}.onnx`]: emitOnnx(predictionOf(network), state),
  }),
  savedmodel: (network, state) => ({
    'saved_model.pb': emitFrozenModel(predictionOf(network), state).savedModel,
  }),
  tfjs: (network, state) => emitTfjsModel(predictionOf(network), state),
  pytorch({ graph, tree }, state) {
    const { source, state: named } = emitPyTorch(graph, tree);
    const tensors = new Map(Object.entries(named(state)));
    return {
      [`${graph.name}.py`]: source,
      [`${graph.name}.safetensors`]: encodeSafetensors({ tensors, metadata: { format: 'pt' } }),
    };
  },
};

/** What a form cannot say is a matter of the network, not of this program. */
function refusalsAsInput(target: ExportTarget, make: () => Files): Files {
  try {
    return make();
  } catch (error) {
    if (error instanceof ExportError)
      throw new InputError(`no export to ${target}: ${error.message}`);
    throw error;
  }
}
