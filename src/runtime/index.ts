/**
 * `netc/runtime`: what the commands use, for a server, a notebook or a script in Node. `docs/api.md` shows how the parts go
 * together; what is not exported here may change with any version. Input that is at fault is an `InputError`, a text at fault a
 * `DiagnosedError` with its places, and a machine at fault a `MachineError`: the exit statuses 1, 1 and 3 of the commands.
 */
import type { Program } from '../compiler/ir/graph.js';
import type { Engine } from './engines/engine.js';
import { openEngine as open } from './engines/open-engine.js';
import type { Report } from './evaluation/evaluate-run.js';
import type { Split } from './evaluation/subject.js';
import type { Settings } from './experiments/open-experiment.js';
import type { EngineOptions } from './experiments/options/engine.js';
import type { WeightName } from './runs/weights-of-run.js';
import { evaluate } from './tasks/evaluate.js';
import { openTrainedRun, type TrainedRun } from './tasks/segment.js';
import { beginTraining, finishTraining } from './tasks/train.js';
import type { Outcome, Watcher } from './training/train-run.js';

export { readPicture as readImage } from './data/formats/read-picture.js';
export type { Mask, Picture } from './data/sample.js';
export { initialState as initialWeights } from './engines/initial-state.js';
export { DiagnosedError, InputError, MachineError } from './errors/errors.js';
export type { Segmentation } from './tasks/segment.js';
export type { Engine, EngineOptions, Outcome, Report, TrainedRun };

/** Keys of an experiment by their paths, as `{steps: 100, 'parameters.base': 16, 'data.root': 'DRIVE'}`. */
export type Set = Readonly<Record<string, unknown>>;

const settingsOf = (set: Set = {}): Settings => ({
  set: [],
  flags: Object.entries(set).map(([key, value]) => ({ name: key, path: key.split('.'), value })),
});

export interface TrainOptions extends Partial<Watcher> {
  readonly set?: Set;
  /** Whether the run in the experiment's output is continued. */
  readonly resume?: boolean;
  /** Whether an earlier run there is replaced. */
  readonly overwrite?: boolean;
  /** Told of notes and warnings, a line each. */
  readonly onNote?: (line: string) => void;
}

/** Trains the experiment at `path` as `netc train` does. Its run is the folder `run`. */
export async function trainExperiment(
  path: string,
  { set, resume, overwrite, onNote = () => {}, ...watcher }: TrainOptions = {},
): Promise<Outcome & { readonly run: string }> {
  const opened = await beginTraining(path, {
    settings: settingsOf(set),
    ...(resume === undefined ? {} : { resume }),
    ...(overwrite === undefined ? {} : { overwrite }),
    command: ['netc/runtime', 'trainExperiment', path],
    onWarnings: (warnings) => {
      for (const { code, message } of warnings) onNote(`warning ${code}: ${message}`);
    },
    onNote,
  });
  const nothing = (): void => {};
  const told = { onStep: nothing, onValidation: nothing, onSkipped: nothing, onWarning: nothing };
  const silent = { ...told, stopped: () => false };
  return { ...(await finishTraining(opened, { ...silent, ...watcher })), run: opened.folder };
}

export interface RunOptions {
  /** Keys of the run's experiment to set: `{'evaluation.flips': true}`. */
  readonly set?: Set;
  /** Which checkpoint; left out, the best where the run has one. */
  readonly weights?: WeightName;
  /** Further runs, whose probabilities are averaged with this one's. */
  readonly ensemble?: readonly string[];
}

export interface EvaluateOptions extends RunOptions {
  readonly split?: Split;
  readonly out?: string;
  readonly onImage?: (done: number, all: number) => void;
}

/** Scores a run on its test images as `netc evaluate` does, and writes the same files; `out` is where they are. */
export const evaluateRun = (
  folder: string,
  { set, ...options }: EvaluateOptions = {},
): Promise<{ readonly report: Report; readonly out: string }> =>
  evaluate(folder, { settings: settingsOf(set), ...options });

/** Opens a run to segment images in memory. */
export const openRun = (
  folder: string,
  { set, ...options }: RunOptions & { readonly threshold?: number } = {},
): Promise<TrainedRun> => openTrainedRun(folder, { settings: settingsOf(set), ...options });

/**
 * Opens an engine for a program, with nothing in its variables yet: `write` sets them, `call` runs a function. By default
 * TensorFlow where it is set up, else the portable engine.
 */
export const openEngine = (
  program: Program,
  options: Partial<EngineOptions> = {},
): Promise<Engine> => open(program, { kind: 'auto', gpu: 'auto', threads: null, ...options });
