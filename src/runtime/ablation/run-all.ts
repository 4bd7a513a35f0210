import type { PlannedRun } from './ablation.js';
import type { Failure } from './failure.js';
import { type OneRun, type RunWatcher, startRun } from './one-run.js';

export interface RunAll {
  /** Resolves when all have ended, with those that failed. */
  readonly ended: Promise<readonly Failure[]>;
  /** Starts no other run and asks those that run to end; a second time ends them at once. */
  stop(): void;
}

/**
 * Trains and scores each run on this computer, `jobs` at once, in order.
 * @param force as `startRun`
 */
export function runAll(
  runs: readonly { readonly run: PlannedRun; readonly identity: string }[],
  jobs: number,
  force: boolean,
  watcher: RunWatcher,
): RunAll {
  const waiting = [...runs];
  const running = new Set<OneRun>();
  const failures: Failure[] = [];
  let stopping = false;

  const worker = async (): Promise<void> => {
    for (let next = waiting.shift(); next && !stopping; next = waiting.shift()) {
      const one = startRun(next.run, next.identity, force, watcher);
      running.add(one);
      const end = await one.ended;
      running.delete(one);
      if (typeof end === 'object') failures.push(end);
    }
  };
  return {
    ended: Promise.all(Array.from({ length: jobs }, worker)).then(() => failures),
    stop() {
      for (const one of running) one.stop();
      stopping = true;
    },
  };
}
