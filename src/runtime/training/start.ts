import type { Tensors } from '../engines/engine.js';
import { initialState } from '../engines/initial-state.js';
import { stepsOf } from '../experiments/experiment.js';
import { compileExperiment, overridesOf } from '../networks/network.js';
import { matcherOf, patternsFor } from '../networks/patterns.js';
import type { Prepared } from '../preparation/prepare.js';
import { checkpointOf } from '../runs/checkpoint.js';
import { weightsHash } from '../runs/identity.js';
import { layout } from '../runs/layout.js';
import type { CheckpointRecord, WeightsRecord } from '../runs/record.js';
import { weightsFile } from '../runs/weights-of-run.js';
import { readWith } from '../runs/whole-checkpoints.js';
import { adjustable } from '../weights/adjustable.js';
import { hostTensor } from '../weights/fit.js';
import { type LoadedWeights, loadWeights } from '../weights/load.js';
import type { Point } from './training.js';

/** What training begins from. */
export interface Start {
  readonly state: Tensors;
  /** Which weights came from where; null where all have their initial values. */
  readonly weights: WeightsRecord | null;
  /** What is to be said of it: a line each. */
  readonly notes: readonly string[];
}

/**
 * The variables before the first step: initial values by the seed, and in their place what `weights` of the experiment
 * names. The optimiser's begin anew. Throws `InputError` where the weights do not fit the network.
 */
export async function startOf({ experiment, network }: Prepared): Promise<Start> {
  const { weights, seed } = experiment;
  const initial = initialState(network.program, seed);
  const paths = network.graph.variables.map(({ path }) => path);
  const frozen = frozenNote(paths, experiment.freeze);
  if (weights === null) return { state: initial, weights: null, notes: frozen };
  const model = adjustable(network, (changed) => {
    const parameters = { ...overridesOf(experiment), ...changed };
    return compileExperiment({ ...experiment, parameters });
  });
  const file = await weightsFile(weights.from);
  const loaded = await readWith(file, (path) => loadWeights(path, weights, model));
  const given = network.graph.variables.flatMap(({ path, value }) => {
    const tensor = loaded.tensors.get(path);
    return tensor ? [[path, hostTensor(tensor, value.type.dtype)] as const] : [];
  });
  const hash = await weightsHash(weights);
  const record = { file: loaded.file, hash, loaded: given.length, initial: loaded.initial };
  const notes = [...loaded.notes, summary(loaded, given.length, paths), ...frozen];
  return { state: { ...initial, ...Object.fromEntries(given) }, weights: record, notes };
}

function summary(
  { file, initial }: LoadedWeights,
  count: number,
  paths: readonly string[],
): string {
  const start = `${count} weights and running statistics from ${file}`;
  if (initial.length === 0) return start;
  return `${start}; ${initial.length} at their initial values: ${patternsFor(initial, paths).join(', ')}`;
}

function frozenNote(paths: readonly string[], freeze: readonly string[]): string[] {
  const count = paths.filter(matcherOf(freeze)).length;
  return count === 0
    ? []
    : [`${count} of ${paths.length} weights and running statistics are frozen`];
}

/** What a run's folder begins with beside its files. */
export interface FirstCheckpoint {
  readonly files: Readonly<Record<string, Uint8Array>>;
  readonly recorded: Readonly<Record<string, readonly CheckpointRecord[]>>;
}

/** A checkpoint where the run's weights are given, so that it can be scored, and resumed without them; and where it takes no step. */
export function firstCheckpoint(
  { experiment }: Prepared,
  { state, course }: Point,
): FirstCheckpoint {
  if (experiment.weights === null && stepsOf(experiment) > 0) return { files: {}, recorded: {} };
  const { bytes, sha256 } = checkpointOf(state, 0, { course: JSON.stringify(course) });
  return { files: { [layout.last]: bytes }, recorded: { last: [{ step: 0, sha256 }] } };
}
