import { costOf } from '../../../compiler/cost/cost.js';
import type { PlannedRun } from '../../ablation/ablation.js';
import { stepsOf } from '../../experiments/experiment.js';
import { stepsIn } from '../progress-line.js';

/** What a run's training takes, in multiply-adds of its forward passes: to weigh one run against another. */
export function workOf({ experiment, network }: PlannedRun): number {
  const { patch, batch } = experiment;
  const { multiplyAdds } = costOf(network.graph, { height: patch, width: patch });
  return stepsOf(experiment) * batch * multiplyAdds;
}

/** How long runs will take, by how long that which is done of them took. */
export class TimeLeft {
  readonly #work: ReadonlyMap<PlannedRun, number>;
  /** Parts of the runs, 0 to 1: where this session found them, and where they are. */
  readonly #found = new Map<PlannedRun, number>();
  readonly #now = new Map<PlannedRun, number>();
  readonly #begin: number;

  /**
   * @param runs those that are to be done
   * @param clock seconds, from any beginning
   */
  constructor(
    runs: readonly PlannedRun[],
    private readonly clock: () => number = () => performance.now() / 1000,
    work: (run: PlannedRun) => number = workOf,
  ) {
    this.#work = new Map(runs.map((run) => [run, work(run)]));
    this.#begin = clock();
  }

  /** Takes a line that the run's training wrote; true where it says how far that is. */
  read(run: PlannedRun, line: string): boolean {
    const resumed = / steps from step (\d+) on /.exec(line)?.[1];
    if (resumed !== undefined) this.#found.set(run, Number(resumed) / stepsOf(run.experiment));
    const at = stepsIn(line);
    if (at) this.#now.set(run, at.done / at.steps);
    return at !== undefined;
  }

  ended(run: PlannedRun): void {
    this.#now.set(run, 1);
  }

  /** Seconds; null before anything is done. */
  seconds(): number | null {
    let [done, left] = [0, 0];
    for (const [run, work] of this.#work) {
      const found = this.#found.get(run) ?? 0;
      const now = Math.max(found, this.#now.get(run) ?? 0);
      done += (now - found) * work;
      left += (1 - now) * work;
    }
    return done === 0 ? null : ((this.clock() - this.#begin) / done) * left;
  }
}
