import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { printExperiment } from '../experiments/load-experiment.js';
import { writeAtomically } from '../files/disk.js';
import { runPath } from '../runs/layout.js';
import { waitForHolder } from '../runs/lock.js';
import type { PlannedRun } from './ablation.js';
import { type Child, startChild } from './child.js';
import { clearFailure, type Failure, keepFailure, type Stage } from './failure.js';
import { type RunState, stateOf } from './run-state.js';

/** What is told of a run on its way. */
export interface RunWatcher {
  readonly onStage: (run: PlannedRun, stage: Stage) => void;
  readonly onLine: (run: PlannedRun, line: string) => void;
  readonly onEnd: (run: PlannedRun, failure: Failure | undefined) => void;
}

/** How long to wait for a training whose ablation was killed, in seconds: it ends by itself, as soon as it notices. */
const patience = 30;

/** How a run came to its end; `stopped` where somebody asked it to end before. */
export type RunEnd = Failure | 'done' | 'stopped';

export interface OneRun {
  readonly ended: Promise<RunEnd>;
  /** Asks it to end and keep its state; a second time ends it at once. */
  stop(): void;
}

/**
 * Trains and scores a run, each in a process of its own; what is done already is not done again, whoever did it since.
 * @param identity the run's own
 * @param force whether it goes on though memory is short, or images are both trained and tested on
 */
export function startRun(
  run: PlannedRun,
  identity: string,
  force: boolean,
  watcher: RunWatcher,
): OneRun {
  let child: Child | undefined;
  let stopping = false;
  const forced = force ? ['--force'] : [];
  const stage = async (during: Stage, args: readonly string[]): Promise<RunEnd> => {
    if (stopping) return 'stopped';
    watcher.onStage(run, during);
    child = startChild([during, ...args, ...forced], (line) => watcher.onLine(run, line));
    const { status, signal, lastLines } = await child.ended;
    child = undefined;
    if (status === 0) return 'done';
    return stopping ? 'stopped' : { run: run.name, during, status, signal, lastLines };
  };
  const both = async (): Promise<RunEnd> => {
    await waitForHolder(run.folder, patience);
    const state = await stateOf(run.folder, identity);
    await clearFailure(run);
    if (state === 'done') {
      watcher.onEnd(run, undefined);
      return 'done';
    }
    const trained =
      state === 'trained' ? 'done' : await stage('train', await trainArgs(run, state));
    const end = trained === 'done' ? await stage('evaluate', [run.folder]) : trained;
    if (typeof end === 'object') await keepFailure(run, end);
    if (end !== 'stopped') watcher.onEnd(run, end === 'done' ? undefined : end);
    return end;
  };
  return {
    ended: both(),
    stop() {
      stopping ? child?.kill() : child?.stop();
      stopping = true;
    },
  };
}

/** Writes the run's experiment beside the runs, and says how it is trained from there: on from its last checkpoint, if any. */
async function trainArgs(
  { name, folder, experiment }: PlannedRun,
  state: RunState,
): Promise<readonly string[]> {
  const path = join(dirname(dirname(folder)), 'experiments', `${name}.yaml`);
  const model = { ...experiment.model, path: relative(dirname(path), experiment.model.path) };
  await writeAtomically(path, printExperiment({ ...experiment, model }));
  if (state === 'begun' && existsSync(runPath(folder, 'last'))) return [path, '--resume'];
  return existsSync(runPath(folder, 'record')) ? [path, '--overwrite'] : [path];
}
