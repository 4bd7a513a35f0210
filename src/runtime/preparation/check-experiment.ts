import { type Diagnostic, diagnostic, isOf } from '../../compiler/diagnostics/diagnostic.js';
import { batchOf } from '../../compiler/passes/towers/batch.js';
import { DiagnosedError } from '../errors/errors.js';
import type { Experiment } from '../experiments/experiment.js';
import { foreignKey } from '../experiments/foreign.js';
import type { LoadedExperiment } from '../experiments/load-experiment.js';
import { keys } from '../experiments/schema/index.js';
import { SettingError } from '../experiments/setting-error.js';
import { nearestFile } from '../files/missing.js';
import { diskReader } from '../files/source-reader.js';
import type { Sources } from '../networks/compile-file.js';
import { GeometryError, patchBelow } from '../networks/geometry.js';
import { compileNetwork, type Network } from '../networks/network.js';
import { checkNorms } from './check-norms.js';
import { inExperiment } from './parameter-places.js';

/**
 * Compiles the experiment's network and holds its settings against it. Throws `DiagnosedError` with
 * all that is wrong, what is wrong with the model in the experiment's own places.
 */
export function checkExperiment(loaded: LoadedExperiment, sources: Sources = {}): Network {
  const reader = sources.reader ?? diskReader();
  const { experiment, diagnostics, misfit } = loaded;
  const { path } = experiment.model;
  if (reader.read(path) === undefined) {
    const refusal = reader.refusal?.(path);
    if (refusal) diagnostics.report('NET0018', loaded.spanOf(['model', 'path'], 'value'), refusal);
    if (refusal) throw new DiagnosedError(diagnostics.all());
    const facts = { kind: 'experiment', path, meant: nearestFile(path) } as const;
    diagnostics.report('NET0104', loaded.spanOf(['model', 'path'], 'value'), facts);
    throw new DiagnosedError(diagnostics.all());
  }
  const network = compiled(loaded, { ...sources, reader });
  checkSizes(experiment, network, misfit);
  checkDevices(experiment, network, misfit);
  if (!diagnostics.hasErrors) checkNorms(experiment, network, misfit);
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
      loaded.misfit(end > start ? error.path : ['model', 'path'], error.facts, error.part);
      throw new DiagnosedError(loaded.diagnostics.all());
    }
    if (error instanceof GeometryError) {
      loaded.misfit(['model', 'path'], { kind: 'geometry', geometry: error.facts });
      throw new DiagnosedError(loaded.diagnostics.all());
    }
    if (!(error instanceof DiagnosedError)) throw error;
    throw new DiagnosedError(error.diagnostics.map((each) => placed(each, loaded)));
  }
}

/** An error in the name of the model or in a parameter, where the experiment gives it. */
function placed(item: Diagnostic, { spanOf }: LoadedExperiment): Diagnostic {
  if (isOf(item, 'NET0501')) {
    const facts = { ...item.facts, isExperiment: true };
    return diagnostic('NET0501', spanOf(['model', 'path'], 'value'), facts);
  }
  if (isOf(item, 'NET0502')) {
    const facts = { ...item.facts, isExperiment: true };
    return diagnostic('NET0502', spanOf(['model', 'name'], 'value'), facts);
  }
  const moved = inExperiment(item, spanOf);
  // One of the command line that is the experiment's own has been taken for that.
  if (!isOf(item, 'NET0504') || moved.span.file === item.span.file) return moved;
  const { name } = item.facts;
  const ours = keys.includes(name) ? { isKey: true } : { foreign: foreignKey([name]) };
  return diagnostic('NET0504', moved.span, { ...item.facts, ...ours });
}

function checkDevices(
  { batch, engine: { devices } }: Experiment,
  { graph }: Network,
  misfit: LoadedExperiment['misfit'],
): void {
  if (devices === 1) return;
  const { name: model } = graph;
  if (batchOf(graph) === undefined)
    misfit(['engine', 'devices'], { kind: 'undividedBatch', model, devices });
  else if (batch % devices !== 0)
    misfit(['engine', 'devices'], { kind: 'unevenBatch', batch, devices });
}

function checkSizes(
  { patch, preprocess }: Experiment,
  { graph, geometry }: Network,
  misfit: LoadedExperiment['misfit'],
): void {
  const { name: model } = graph;
  const [height, width] = geometry.roundUp(patch, patch);
  if (height !== patch || width !== patch) {
    const below = patchBelow(patch, geometry) ?? null;
    misfit(['patch'], { kind: 'patch', model, patch, above: { height, width }, below });
  } else if (patch <= 2 * geometry.margin) {
    misfit(['patch'], { kind: 'patchMargin', model, patch, margin: geometry.margin });
  }
  const step = preprocess.findIndex((one) => 'gray' in one);
  const { channels } = geometry;
  if (step >= 0 && channels !== 1) misfit(['preprocess', step], { kind: 'gray', model, channels });
}
