import type { Grid } from '../grid.js';
import { isLive, type Job } from '../job.js';
import type { RayApi, RayJob } from './api.js';

/** What Ray calls the job of a run: an id that is of this grid and this attempt alone. */
export const submissionId = ({ id }: Pick<Grid, 'id'>, run: string, attempt: number): string =>
  `netc-${id}-${run}-a${attempt}`;

const states: Readonly<Record<RayJob['status'], Job['state']>> = {
  PENDING: 'queued',
  RUNNING: 'running',
  SUCCEEDED: 'ended',
  FAILED: 'ended',
  STOPPED: 'ended',
};

/** The last job of each run by the run's name, as far as Ray still knows. */
export async function rayJobs(grid: Grid, api: RayApi): Promise<Map<string, Job>> {
  const known = new Map((await api.jobs()).map((job) => [job.submission_id, job]));
  return new Map(
    Object.entries(grid.ray?.attempts ?? {}).flatMap(([run, attempt]): [string, Job][] => {
      const job = known.get(submissionId(grid, run, attempt));
      return job ? [[run, jobOf(job)]] : [];
    }),
  );
}

export const jobOf = ({ submission_id: id, status, message }: RayJob): Job => ({
  on: 'ray',
  id,
  state: states[status],
  words: [status, message?.split('\n')[0]].filter((part) => part).join(', '),
});

/** Asks Ray to end all jobs of the grid that have not ended. */
export async function cancelRay(grid: Grid, api: RayApi): Promise<void> {
  const jobs = await rayJobs(grid, api);
  for (const job of jobs.values()) if (isLive(job)) await api.stop(job.id);
}
