import { counted } from '../runtime/errors/counted.js';
import { InputError, MachineError } from '../runtime/errors/errors.js';
import { type Grid, gridPath } from '../runtime/grid/grid.js';
import { isLive, type Job } from '../runtime/grid/job.js';
import { jobsOf } from '../runtime/grid/jobs.js';
import { rayApi } from '../runtime/grid/ray/api.js';
import { printNote } from './output.js';

/**
 * The jobs that wait or run for an ablation that is to go on as `grid`, by the names of their runs. Throws `InputError` where they have
 * other settings than `grid` has, or are elsewhere: two jobs would write to one folder, or a report would be of other runs than it says.
 * @param earlier what was begun in the folder; undefined where nothing was
 * @param head the address of Ray's head that is to do it; null where Ray is not
 */
export async function liveJobs(
  output: string,
  earlier: Grid | undefined,
  grid: Grid,
  head: string | null,
): Promise<ReadonlyMap<string, Job>> {
  if (!earlier) return new Map();
  const jobs = [...(await jobsBefore(output, grid, head))].filter(([, job]) => isLive(job));
  const live = new Map(jobs);
  const way = `wait for them, or take them back with netc cancel ${output}`;
  const elsewhere = [...live.values()].filter((job) => job.on !== grid.on).length;
  if (elsewhere > 0) {
    throw new InputError(`${counted(elsewhere, 'job')} queued or running elsewhere: ${way}`);
  }
  const before = new Map(earlier.runs.map(({ name, identity }) => [name, identity]));
  const others = grid.runs.filter(
    ({ name, identity }) => live.has(name) && before.get(name) !== identity,
  );
  if (others.length > 0) {
    throw new InputError(
      `${counted(others.length, 'job')} queued or running with other settings: ${way}, or choose another folder by --out`,
    );
  }
  return live;
}

/** The jobs of a head of Ray have ended with it where another one has taken its place. */
async function jobsBefore(output: string, grid: Grid, head: string | null) {
  try {
    return await jobsOf(grid);
  } catch (error) {
    if (!(error instanceof MachineError)) throw error;
    const isReplaced = head !== null && rayApi(head).address !== grid.ray?.address;
    if (!isReplaced) {
      const way = `where that cluster is gone for good, remove ${gridPath(output)}`;
      throw new MachineError(`${error.message}; ${way}`);
    }
    printNote(`warning: ${error.message}; its jobs are taken for ended\n`);
    return jobsOf({ ...grid, ray: null });
  }
}
