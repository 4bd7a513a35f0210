import { mkdir } from 'node:fs/promises';
import type { Grid, SlurmArray } from '../grid.js';
import { slurm } from './commands.js';
import { logsOf, type SlurmPlan, type SlurmRequest } from './plan.js';
import { jobName, reportName } from './queue.js';

/**
 * Submits each array, and the report behind all jobs of the grid that have not ended.
 * @param known is told of each array before Slurm is, so that it is found again whatever happens
 * @returns the numbers of the arrays
 */
export async function submitToSlurm(
  { grid, output }: SlurmRequest,
  { arrays, report }: SlurmPlan,
  known: (array: SlurmArray) => Promise<void>,
): Promise<string[]> {
  await mkdir(logsOf(output), { recursive: true });
  const jobs: string[] = [];
  for (const { array, script } of arrays) {
    await known(array);
    jobs.push(await sbatch([], script));
  }
  if (jobs.length > 0 || !(await reportWaits(grid))) await submitReport(grid, report, jobs);
  return jobs;
}

/** Slurm forgets a job that was submitted just before its controller died. */
const reportWaits = async (grid: Grid): Promise<boolean> =>
  (await slurm('squeue', ['-h', '-n', reportName(grid)])).trim() !== '';

/** In place of the report that waits now. */
async function submitReport(grid: Grid, script: string, jobs: readonly string[]): Promise<void> {
  await slurm('scancel', ['--me', `--name=${reportName(grid)}`, '--state=PENDING']);
  const live = await slurm('squeue', ['-h', '-n', jobName(grid), '-o', '%A']);
  const all = [...new Set([...jobs, ...live.split(/\s+/).filter((id) => id !== '')])];
  await sbatch(all.length === 0 ? [] : [`--dependency=afterany:${all.join(':')}`], script);
}

/** The number of the job. */
const sbatch = async (options: readonly string[], script: string): Promise<string> =>
  (await slurm('sbatch', ['--parsable', ...options], { input: script })).trim().split(';')[0]!;

/** Takes the jobs of the grid from the queue and ends those that run, which keep their checkpoints. */
export async function cancelSlurm(grid: Grid): Promise<void> {
  for (const name of [reportName(grid), jobName(grid)])
    await slurm('scancel', ['--me', `--name=${name}`]);
}
