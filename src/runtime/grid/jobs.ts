import type { Grid } from './grid.js';
import { isLive, type Job } from './job.js';
import { rayApi } from './ray/api.js';
import { rayJobs } from './ray/jobs.js';
import { slurmJobs } from './slurm/queue.js';

/**
 * The last job of each run by the run's name, wherever it was submitted. Throws `MachineError` where a scheduler that has jobs of the grid
 * does not answer.
 * @param seconds how long Slurm is waited for
 */
export async function jobsOf(grid: Grid, seconds?: number): Promise<Map<string, Job>> {
  const slurm = await slurmJobs(grid, seconds);
  if (!grid.ray) return slurm;
  const ray = await rayJobs(grid, rayApi(grid.ray.address));
  const live = [...slurm].filter(([, job]) => isLive(job));
  return new Map([...slurm, ...ray, ...live]);
}
