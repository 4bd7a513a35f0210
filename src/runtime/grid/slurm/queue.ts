import type { Grid, SlurmArray } from '../grid.js';
import { isLive, type Job } from '../job.js';
import { slurm } from './commands.js';

/** What Slurm calls the jobs of a grid, and the one that writes its report. */
export const jobName = ({ id }: Pick<Grid, 'id'>): string => `netc-${id}`;
export const reportName = (grid: Pick<Grid, 'id'>): string => `${jobName(grid)}-report`;

const running = new Set([
  'RUNNING',
  'COMPLETING',
  'SUSPENDED',
  'STOPPED',
  'SIGNALING',
  'STAGE_OUT',
]);
const queued = new Set([
  ...['PENDING', 'CONFIGURING', 'REQUEUED', 'REQUEUE_HOLD', 'REQUEUE_FED', 'RESIZING'],
  ...['SPECIAL_EXIT', 'RESV_DEL_HOLD'],
]);

const stateOf = (word: string): Job['state'] =>
  running.has(word) ? 'running' : queued.has(word) ? 'queued' : 'ended';

/**
 * The last job of each run by the run's name, as far as Slurm still knows: it forgets jobs some minutes after they end. Throws as
 * `slurm` does.
 * @param seconds how long Slurm is waited for
 */
export async function slurmJobs(grid: Grid, seconds?: number): Promise<Map<string, Job>> {
  const arrays = new Map((grid.slurm?.arrays ?? []).map((array) => [array.key, array]));
  if (arrays.size === 0) return new Map();
  const args = ['-h', '-r', '-t', 'all', '-n', jobName(grid), '-o', '%i|%T|%k|%r'];
  const found = new Map<string, Job>();
  const lines = (await slurm('squeue', args, { ...(seconds && { seconds }) })).split('\n');
  for (const line of lines) {
    const [id = '', word = '', key = '', reason = ''] = line.trim().split('|');
    const run = runOf(arrays.get(key), id);
    const job: Job = { on: 'slurm', id, state: stateOf(word), words: said(word, reason) };
    if (run !== undefined && isLater(job, found.get(run))) found.set(run, job);
  }
  return found;
}

/** Of a run that was submitted again: the job that lives, else the one with the greater number. */
function isLater(job: Job, than: Job | undefined): boolean {
  if (than === undefined) return true;
  const [lives, other] = [job, than].map(isLive);
  return lives === other ? numberOf(job.id) > numberOf(than.id) : lives!;
}

const numberOf = (id: string): number => Number(/^\d+/.exec(id)?.[0] ?? 0);

const runOf = (array: SlurmArray | undefined, id: string): string | undefined =>
  array?.runs[Number(/_(\d+)$/.exec(id)?.[1])];

const said = (word: string, reason: string): string =>
  reason === '' || reason === 'None' ? word : `${word}, ${reason}`;
