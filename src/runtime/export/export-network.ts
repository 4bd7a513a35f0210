import { join } from 'node:path';
import { buildProgram } from '../../compiler/compile.js';
import { ExportError } from '../../compiler/emit/export-error.js';
import { emitOnnx } from '../../compiler/emit/onnx/model.js';
import { emitPyTorch } from '../../compiler/emit/pytorch/module.js';
import { emitFrozenModel } from '../../compiler/emit/tensorflow/frozen.js';
import { emitTfjsModel } from '../../compiler/emit/tfjs/model.js';
import type { Graph } from '../../compiler/ir/graph.js';
import type { Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { InputError } from '../errors/errors.js';
import { requireAbsent, writeAtomically } from '../files/disk.js';
import type { CompiledFile } from '../networks/compile-file.js';
import { readCheckpoint } from '../runs/checkpoint.js';
import { encodeSafetensors } from '../weights/safetensors/encode.js';
import { asTexts, type Layout, type Metadata, metadataOf, type RunFacts } from './metadata.js';
import { withPreprocessing } from './with-preprocessing.js';

export const exportTargets = ['onnx', 'savedmodel', 'tfjs', 'pytorch'] as const;
export type ExportTarget = (typeof exportTargets)[number];

export interface ExportRequest {
  readonly network: Pick<CompiledFile, 'graph' | 'tree'>;
  /** A checkpoint, or the seed of initial weights. */
  readonly weights: { readonly file: string } | { readonly seed: number };
  readonly target: ExportTarget;
  readonly folder: string;
  /** Whether files that are there are replaced. */
  readonly overwrite?: boolean;
  /** netc's. */
  readonly version: string;
  /** Where the network is a run's. */
  readonly run?: RunFacts;
  /** Whether what is written does the run's preprocessing, and takes images as their files have them. */
  readonly preprocessing?: boolean;
  /** Where it is not the form's own. */
  readonly layout?: Layout | undefined;
}

type Files = Readonly<Record<string, string | Uint8Array>>;

/** What the file that says what a form without metadata of its own holds is called. */
const metadataFile = 'netc.json';

/** The layouts that a form can have, its own first. */
const layoutsOf: Readonly<Record<ExportTarget, readonly Layout[]>> = {
  onnx: ['nhwc', 'nchw'],
  savedmodel: ['nhwc'],
  tfjs: ['nhwc'],
  pytorch: ['nchw'],
};

/**
 * Writes a network with its weights in a form that others run, and answers with the paths of the files. Throws
 * `InputError` where the weights are another network's, or the form has no way to say what is asked for.
 */
export async function exportNetwork(request: ExportRequest): Promise<readonly string[]> {
  const { network, weights, target, folder, version, run = null } = request;
  const layout = layoutOf(request);
  const included = request.preprocessing ?? false;
  const program = buildProgram(network.graph);
  const { predict } = program.functions;
  const graph = included ? prepared(predict!, request) : predict!;
  const state =
    'file' in weights
      ? await readCheckpoint(weights.file, program)
      : initialState(program, weights.seed);
  const said = { ...graph, name: network.graph.name };
  const metadata = metadataOf(said, { version, layout, run, included });
  const files = refusalsAsInput(target, () =>
    emit[target]({ network, graph, state, layout, metadata }),
  );
  const paths = Object.keys(files).map((name) => join(folder, name));
  if (!request.overwrite) paths.forEach(requireAbsent);
  for (const [name, data] of Object.entries(files)) await writeAtomically(join(folder, name), data);
  return paths;
}

function layoutOf({ target, layout }: ExportRequest): Layout {
  const possible = layoutsOf[target];
  if (layout === undefined || possible.includes(layout)) return layout ?? possible[0]!;
  const others = exportTargets.filter((other) => layoutsOf[other].includes(layout));
  throw new InputError(
    `${target} takes images as ${possible[0]!.toUpperCase()}: leave out --layout ${layout}, or export to ${others.join(' or ')}`,
  );
}

/** The graph that predicts from images as their files have them. */
function prepared(predict: Graph, { target, run }: ExportRequest): Graph {
  if (target === 'pytorch') {
    throw new InputError(
      `pytorch holds the network alone, whose steps ${metadataFile} lists: leave out --with-preprocessing, or export to onnx, savedmodel or tfjs`,
    );
  }
  if (run === undefined) {
    throw new InputError(
      "only a run knows how images are preprocessed: name a run's folder, or leave out --with-preprocessing",
    );
  }
  if (run.images === null) {
    throw new InputError(
      "the run's run.json does not say what its images are like, as those of an earlier netc: train again, or leave out --with-preprocessing",
    );
  }
  return withPreprocessing(predict, run.preprocessing, run.images);
}

interface Emitted {
  readonly network: ExportRequest['network'];
  /** What predicts. */
  readonly graph: Graph;
  readonly state: Tensors;
  readonly layout: Layout;
  readonly metadata: Metadata;
}

type Emit = (emitted: Emitted) => Files;

const described = (files: Files, { metadata }: Emitted): Files => ({
  ...files,
  [metadataFile]: `${JSON.stringify(metadata, null, 2)}\n`,
});

const emit: Readonly<Record<ExportTarget, Emit>> = {
  onnx({ network, graph, state, layout, metadata }) {
    const options = { layout, metadata: asTexts(metadata), version: metadata.netc };
    return { [`${network.graph.name}.onnx`]: emitOnnx(graph, state, options) };
  },
  savedmodel: (emitted) =>
    described(
      { 'saved_model.pb': emitFrozenModel(emitted.graph, emitted.state).savedModel },
      emitted,
    ),
  tfjs: (emitted) => described(emitTfjsModel(emitted.graph, emitted.state), emitted),
  pytorch(emitted) {
    const { graph, tree } = emitted.network;
    const { source, state: named } = emitPyTorch(graph, tree);
    const tensors = new Map(Object.entries(named(emitted.state)));
    const files = {
      [`${graph.name}.py`]: source,
      [`${graph.name}.safetensors`]: encodeSafetensors({ tensors, metadata: { format: 'pt' } })
        .bytes,
    };
    return described(files, emitted);
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
