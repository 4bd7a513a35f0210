import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { printExperiment } from '../experiments/load-experiment.js';
import { writeAtomically } from '../files/disk.js';
import { runPath } from '../runs/layout.js';
import type { PlannedRun } from './ablation.js';
import { type Child, startChild } from './child.js';
import type { RunState } from './run-state.js';

/** A run that did not come to its end, and its last words. */
export interface Failure {
  readonly run: string;
  readonly during: Stage;
  readonly status: number | null;
  readonly lastLines: readonly string[];
}

export type Stage = 'train' | 'evaluate';

/** What is told of a run on its way. */
export interface RunWatcher {
  readonly onStage: (run: PlannedRun, stage: Stage) => void;
  readonly onLine: (run: PlannedRun, line: string) => void;
  readonly onEnd: (run: PlannedRun, failure: Failure | undefined) => void;
}

export interface RunAll {
  /** Resolves when all have ended, with those that failed. */
  readonly ended: Promise<readonly Failure[]>;
  /** Starts no other run and asks those that run to end; a second time ends them at once. */
  stop(): void;
}

/**
 * Trains and scores each run in processes of its own, `jobs` at once, in order.
 * @param force whether each goes on though memory is short, or images are both trained and tested on
 */
export function runAll(
  runs: readonly { readonly run: PlannedRun; readonly state: RunState }[],
  jobs: number,
  force: boolean,
  watcher: RunWatcher,
): RunAll {
  const waiting = [...runs];
  const children = new Set<Child>();
  const failures: Failure[] = [];
  const forced = force ? ['--force'] : [];
  let stopping = false;

  const stage = async (run: PlannedRun, name: Stage, args: readonly string[]): Promise<boolean> => {
    watcher.onStage(run, name);
    const child = startChild([name, ...args, ...forced], (line) => watcher.onLine(run, line));
    children.add(child);
    const { status, lastLines } = await child.ended;
    children.delete(child);
    if (status === 0) return true;
    if (stopping) return false;
    const failure = { run: run.name, during: name, status, lastLines };
    failures.push(failure);
    watcher.onEnd(run, failure);
    return false;
  };
  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !stopping; next = waiting.shift()) {
      const { run, state } = next;
      const isTrained =
        state === 'trained' || (await stage(run, 'train', await trainArgs(run, state)));
      if (!isTrained || stopping) continue;
      if (await stage(run, 'evaluate', [run.folder])) watcher.onEnd(run, undefined);
    }
  };
  return {
    ended: Promise.all(Array.from({ length: jobs }, worker)).then(() => failures),
    stop() {
      for (const child of children) stopping ? child.kill() : child.stop();
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
