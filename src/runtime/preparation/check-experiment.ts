import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import { DiagnosedError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { insteadOfKey } from '../experiments/foreign.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import { keys } from '../experiments/schema/index.js';
import { SettingError } from '../experiments/setting-error.js';
import { insteadOf } from '../files/missing.js';
import { diskReader } from '../files/source-reader.js';
import type { Sources } from '../networks/compile-file.js';
import { GeometryError, patchBelow } from '../networks/geometry.js';
import { compileNetwork, type Network } from '../networks/network.js';
import { inExperiment } from './parameter-places.js';

/**
 * Compiles the experiment's network and holds its settings against it. Throws `DiagnosedError` with
 * all that is wrong, what is wrong with the model in the experiment's own places.
 */
export function checkExperiment(loaded: LoadedExperiment, sources: Sources = {}): Network {
  const reader = sources.reader ?? diskReader();
  const { experiment, diagnostics, object } = loaded;
  const { path } = experiment.model;
  if (reader.read(path) === undefined) {
    const way = insteadOf(path, 'name a .net file, from the folder of the experiment');
    object(['model', 'path'], { message: `${path} is missing`, way, code: 'NET0104' });
    throw new DiagnosedError(diagnostics.all());
  }
  const network = compiled(loaded, { ...sources, reader });
  checkSizes(experiment, network, object);
  if (diagnostics.hasErrors) throw new DiagnosedError(diagnostics.all());
  return network;
}

function compiled(loaded: LoadedExperiment, sources: Sources): Network {
  try {
    return compileNetwork(loaded.experiment, sources);
  } catch (error) {
    if (error instanceof SettingError) {
      const { start, end } = loaded.spanOf(error.path, 'value');
      // What is at fault may be a default, which stands nowhere.
      loaded.object(end > start ? error.path : ['model', 'path'], error);
      throw new DiagnosedError(loaded.diagnostics.all());
    }
    if (error instanceof GeometryError) {
      const way =
        'an experiment trains a model from one image [N, H, W, channels] to a map of its size, or evenly narrower';
      loaded.object(['model', 'path'], { message: error.message, way });
      throw new DiagnosedError(loaded.diagnostics.all());
    }
    if (!(error instanceof DiagnosedError)) throw error;
    throw new DiagnosedError(error.diagnostics.map((mistake) => placed(mistake, loaded)));
  }
}

/** A mistake in the name of the model or in a parameter, where the experiment gives it. */
function placed(mistake: Diagnostic, { spanOf }: LoadedExperiment): Diagnostic {
  const { code, span } = mistake;
  if (code === 'NET0501') {
    const first = /--model (\w+)/.exec(mistake.suggestion?.message ?? '')?.[1];
    const suggestion = first
      ? { message: `choose one: add \`name: ${first}\` under model` }
      : undefined;
    return {
      ...mistake,
      span: spanOf(['model', 'path'], 'value'),
      ...(suggestion && { suggestion }),
    };
  }
  if (code === 'NET0502') {
    const span = spanOf(['model', 'name'], 'value');
    const said = mistake.suggestion?.message ?? '';
    const message = said.replace(/--model (\w+)/, '`name: $1`');
    return { ...mistake, span, suggestion: { message } };
  }
  const key = /^--set (\w+)$/.exec(span.file.path)?.[1];
  if (key === undefined) return mistake;
  const moved = inExperiment(mistake, spanOf);
  // One of the command line that is the experiment's own has been taken for that.
  if (code !== 'NET0504' || moved.span.file === span.file) return moved;
  const ours = insteadOfKey([key])?.(moved.span).message;
  const message = keys.includes(key)
    ? `the experiment's own ${key} stands at its top, not under parameters`
    : ours;
  return message === undefined ? moved : { ...moved, suggestion: { message } };
}

function checkSizes(
  { patch, preprocess }: Experiment,
  { graph, geometry }: Network,
  object: LoadedExperiment['object'],
): void {
  const { name } = graph;
  const [height, width] = geometry.roundUp(patch, patch);
  if (height !== patch || width !== patch) {
    const below = patchBelow(patch, geometry);
    const smaller = below === undefined ? '' : `, or \`patch: ${below}\` where images are smaller`;
    object(['patch'], {
      message: `${name} takes no patch of ${patch}x${patch}; the next larger is ${height}x${width}`,
      way: height === width ? `write \`patch: ${height}\`${smaller}` : 'give another size',
      ...(height === width && { text: `${height}` }),
    });
  } else if (patch <= 2 * geometry.margin) {
    object(['patch'], {
      message: `a patch of ${patch}x${patch} leaves no output of ${name}`,
      way: `give more than ${2 * geometry.margin}, twice what the network loses at each side`,
    });
  }
  const step = preprocess.findIndex((one) => 'gray' in one);
  if (step >= 0 && geometry.channels !== 1) {
    object(['preprocess', step], {
      message: `${name} takes ${geometry.channels} channels, and the step gray leaves 1`,
      way: 'leave the step out, or give the input of the model 1 channel',
    });
  }
}
