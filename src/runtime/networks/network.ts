import { buildProgram } from '../../compiler/compile.js';
import type { Diagnostic } from '../../compiler/diagnostics/diagnostic.js';
import type { Overrides } from '../../compiler/expand/overrides.js';
import { LossError, listOf } from '../../compiler/gradient/loss.js';
import type { Graph, Program } from '../../compiler/ir/graph.js';
import type { SourceFile } from '../../compiler/source/source.js';
import type { Experiment } from '../experiments/experiment.js';
import { SettingError } from '../experiments/setting-error.js';
import type { Path } from '../yaml/source.js';
import { type CompiledFile, compileFile, type Sources } from './compile-file.js';
import { frozenIn } from './frozen.js';
import { type Geometry, geometryOf, scoredOutput } from './geometry.js';

/** An experiment's network, compiled: its graph, its functions, and the files it was written in. */
export interface Network {
  readonly graph: Graph;
  /** The applications that the graph came from. */
  readonly tree: CompiledFile['tree'];
  readonly program: Program;
  readonly geometry: Geometry;
  readonly sources: readonly SourceFile[];
  readonly warnings: readonly Diagnostic[];
}

/** The input of the loss that says which pixels count. */
export const weightInput = 'weight';

/**
 * Throws `DiagnosedError` with the errors of the `.net` files, `InputError` where the model is no
 * segmentation of images, `SettingError` where the experiment's loss or output is not for it.
 */
export function compileNetwork(experiment: Experiment, from: Sources = {}): Network {
  const { optimiser, clip, accumulate, ema, freeze, precision, memory } = experiment;
  const { graph, tree, warnings, sources } = compileExperiment(experiment, from);
  const geometry = geometryOf(graph, scoredName(graph, experiment));
  const scored = experiment.evaluation.output;
  const loss = {
    ...experiment.loss,
    ...(scored === null ? {} : { output: listOf(scored) }),
    target: geometry.output,
    weight: weightInput,
  };
  try {
    const validate = experiment.validation.every !== null;
    const isFrozen = frozenIn(graph, freeze);
    const mixed = precision === 'mixed';
    const skip = experiment.onNan === 'skip';
    const plain = { loss, optimiser, clip, accumulate, ema, memory };
    const options = { ...plain, mixed, skip, validate, isFrozen };
    const program = buildProgram(graph, options, from.after);
    return { graph, tree, program, geometry, sources, warnings };
  } catch (error) {
    throw error instanceof LossError ? settingError(error, experiment) : error;
  }
}

/** The output to be scored: the experiment's, the first that its loss names, or the model's first. */
function scoredName({ name, outputs }: Graph, { evaluation, loss }: Experiment): string {
  const wanted = evaluation.output;
  if (wanted !== null && scoredOutput(outputs, wanted) === undefined) {
    const known = [...new Set(outputs.map((output) => listOf(output.name)))];
    const facts = { kind: 'output', model: name, output: wanted, known } as const;
    throw new SettingError(facts, ['evaluation', 'output']);
  }
  const named = Object.keys(loss.outputs ?? {}).find((one) => scoredOutput(outputs, one));
  return wanted ?? named ?? listOf(outputs[0]!.name);
}

function settingError({ facts, output, option }: LossError, { loss }: Experiment): SettingError {
  const setting = { kind: 'loss', loss: facts } as const;
  if (option === 'classWeights') return new SettingError(setting, ['loss', 'classWeights']);
  if (option === 'outputs' && loss.outputs) {
    const key = Object.keys(loss.outputs).find(
      (name) => name === output || name === listOf(output ?? ''),
    );
    const path: Path = ['loss', 'outputs', ...(key === undefined ? [] : [key])];
    return new SettingError(setting, path, 'key');
  }
  return new SettingError(setting, ['loss', 'kind']);
}

/**
 * The experiment's model with its parameters. Throws `DiagnosedError` with the errors of the
 * `.net` files.
 */
export function compileExperiment(experiment: Experiment, sources: Sources = {}): CompiledFile {
  const { path, name } = experiment.model;
  return compileFile(path, name ?? undefined, overridesOf(experiment), sources);
}

/** The experiment's parameters as the compiler takes them. */
export const overridesOf = ({ parameters }: Experiment): Overrides =>
  Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, String(value)]));
